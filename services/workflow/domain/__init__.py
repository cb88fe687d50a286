"""The pure core of workflow: BPMN models, the token engine, cases and clocks."""
