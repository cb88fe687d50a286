"""The one error tree.

GdbosError
├── BadInput            bad_input            the caller must change the request
│   ├── IdempotencyMismatch  idempotency_mismatch   same key, other body
│   └── TooLarge        too_large            a limit on size or depth
├── NotAuthenticated    not_authenticated    sign in and try again
├── Forbidden           forbidden            signed in, not allowed
├── NotFound            not_found            absent, or not yours (never told apart)
├── Conflict            conflict             the object moved on: read again, then decide
│   ├── Incompatible    incompatible         it would break what is published; `more` says what and how
│   ├── InFlight        in_flight            the same key is being handled now    retry
│   └── StaleTask       stale_task           the task was completed or taken
├── Damaged             damaged              what was kept is no longer what was signed: tell the agency
└── Unavailable         unavailable          a part did not answer in time        retry
    ├── DeadlineExceeded deadline_exceeded   outcome unknown: repeat with the same key  retry
    └── TooManyRequests too_many_requests                                        retry

`code` is stable and travels on the wire; `retry` says whether the same request may succeed later.
Messages are Text (three languages) and never contain personal data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from gdbos_contracts.text import Text, pick


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input: a JSON Pointer (RFC 6901), a stable code, a message to people."""

    pointer: str
    code: str
    message: Text

    def to_data(self) -> dict[str, Any]:
        return {"pointer": self.pointer, "code": self.code, "message": dict(self.message)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Fault:
        return cls(data["pointer"], data["code"], data["message"])


class GdbosError(Exception):
    """Base of all errors that cross a service boundary."""

    code: ClassVar[str] = "internal"
    retry: ClassVar[bool] = False
    title: ClassVar[Text] = {
        "zh-Hans": "系统内部错误，请稍后再试",
        "zh-Hant": "系統內部錯誤，請稍後再試",
        "en": "Internal error; please try again later",
    }

    def __init__(
        self,
        detail: Text | str | None = None,
        faults: Iterable[Fault] = (),
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """`more` are extension members of the problem details (RFC 9457 §3.2): JSON without personal data."""
        self.detail: Text | str = detail or self.title
        self.faults = tuple(faults)
        self.more = dict(more or {})
        super().__init__(self.code, pick(self.detail, "en"))

    def to_data(self) -> dict[str, Any]:
        data = {"code": self.code, "detail": self.detail, "faults": [f.to_data() for f in self.faults]}
        return data | ({"more": self.more} if self.more else {})


class BadInput(GdbosError):
    code = "bad_input"
    title = {"zh-Hans": "填写内容有误", "zh-Hant": "填寫內容有誤", "en": "The request is not valid"}


class IdempotencyMismatch(BadInput):
    code = "idempotency_mismatch"
    title = {
        "zh-Hans": "同一提交编号已用于另一份申请",
        "zh-Hant": "同一提交編號已用於另一份申請",
        "en": "This Idempotency-Key was used with another body",
    }


class TooLarge(BadInput):
    code = "too_large"
    title = {
        "zh-Hans": "内容超过允许的大小",
        "zh-Hant": "內容超過允許的大小",
        "en": "The content is too large",
    }


class NotAuthenticated(GdbosError):
    code = "not_authenticated"
    title = {"zh-Hans": "请先登录", "zh-Hant": "請先登入", "en": "Sign in first"}


class Forbidden(GdbosError):
    code = "forbidden"
    title = {
        "zh-Hans": "您没有权限进行此操作",
        "zh-Hant": "您沒有權限進行此操作",
        "en": "You may not do this",
    }


class NotFound(GdbosError):
    code = "not_found"
    title = {"zh-Hans": "未找到", "zh-Hant": "未找到", "en": "Not found"}


class Conflict(GdbosError):
    code = "conflict"
    title = {
        "zh-Hans": "当前状态不允许此操作，请刷新后再试",
        "zh-Hant": "目前狀態不允許此操作，請重新整理後再試",
        "en": "The present state does not allow this; reload and decide again",
    }


class Incompatible(Conflict):
    code = "incompatible"
    title = {
        "zh-Hans": "与已发布的内容不兼容",
        "zh-Hant": "與已發布的內容不相容",
        "en": "Not compatible with what is published",
    }


class InFlight(Conflict):
    code = "in_flight"
    retry = True
    title = {
        "zh-Hans": "同一提交正在处理，请稍候再查",
        "zh-Hant": "同一提交正在處理，請稍候再查",
        "en": "The same submission is being handled now; ask again shortly",
    }


class StaleTask(Conflict):
    code = "stale_task"
    title = {
        "zh-Hans": "该任务已被办理或收回",
        "zh-Hant": "該任務已被辦理或收回",
        "en": "This task was already completed or withdrawn",
    }


class Damaged(GdbosError):
    code = "damaged"
    title = {
        "zh-Hans": "文件与签名不符，可能被改动，不予提供；请联系办理机关",
        "zh-Hant": "檔案與簽章不符，可能被改動，不予提供；請聯絡辦理機關",
        "en": "The file no longer fits its signature and is not handed out; tell the agency",
    }


class Unavailable(GdbosError):
    code = "unavailable"
    retry = True
    title = {
        "zh-Hans": "服务暂时不可用，请稍后再试",
        "zh-Hant": "服務暫時不可用，請稍後再試",
        "en": "Temporarily unavailable; please try again",
    }


class DeadlineExceeded(Unavailable):
    code = "deadline_exceeded"
    title = {
        "zh-Hans": "处理超时，结果未知，请用同一提交编号重试",
        "zh-Hant": "處理逾時，結果未知，請用同一提交編號重試",
        "en": "No answer in time; the outcome is unknown, repeat with the same key",
    }


class TooManyRequests(Unavailable):
    code = "too_many_requests"
    title = {"zh-Hans": "请求过于频繁", "zh-Hant": "請求過於頻繁", "en": "Too many requests"}


def _tree(cls: type[GdbosError]) -> Iterable[type[GdbosError]]:
    yield cls
    for child in cls.__subclasses__():
        yield from _tree(child)


BY_CODE: Mapping[str, type[GdbosError]] = {cls.code: cls for cls in _tree(GdbosError)}


def to_wire(error: GdbosError) -> tuple[str, str]:
    """(code, JSON text): the only form in which an error crosses RPC."""
    return error.code, json.dumps(error.to_data(), ensure_ascii=False)


def from_wire(code: str, text: str) -> GdbosError:
    """The same class again; an unknown code becomes GdbosError without detail."""
    cls = BY_CODE.get(code, GdbosError)
    data = json.loads(text) if cls is not GdbosError else {}
    return cls(data.get("detail"), [Fault.from_data(f) for f in data.get("faults", ())], data.get("more"))
