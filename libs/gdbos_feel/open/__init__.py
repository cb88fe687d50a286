"""Three-valued evaluation: true, false, or unknown with the facts that would decide it.

`answer(expression, context, unknown)` for FEEL, `answer_of(model, decision, inputs, unknown)` for DMN. An Answer that
is known holds whatever the unknown facts turn out to be; each fact that an unknown one names turns the answer in
some completion. So a guide asks only what can still matter, and a person is told what is missing.
"""

from gdbos_feel.open.answering import Answer, answer
from gdbos_feel.open.models import answer_of

__all__ = ["Answer", "answer", "answer_of"]
