"""What a field of a record is: its declaration (`named`) and its types, which read the text of a data file.

All scalars arrive as text and are typed here.  Rules, measures and styles declare their parameters with the same
types, so that data, schema and messages speak alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from . import narrative as prose
from . import values
from .narrative import Narrative
from .values import Day, Money, Quantity, Rate, Said, Target

Path = tuple[str | int, ...]
MONEY_UNIT = "金额单位"
NOTHING = "无"


class Record(BaseModel):
    """A mapping of the data file; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _left_empty(cls, value: object) -> object:
        """A known key without a value says nothing, like a key that is not there."""
        if not isinstance(value, dict):
            return value
        known = {name for one in cls.model_fields.values() for name in getattr(one.validation_alias, "choices", ())}
        return {key: one for key, one in value.items() if one is not None or key not in known}


@dataclass(frozen=True, slots=True)
class EachYear:
    """What a field declares of the next year's file where its type does not say it: emptied, or the same as it was."""

    emptied: bool


def _none() -> list[Any]:
    return []  # of the type itself pydantic would read the signature, slowly


def named(
    name: str,
    meaning: str,
    *aliases: str,
    required: bool = False,
    many: bool = False,
    each_year: bool | None = None,
) -> Any:
    """A field's declaration: its Chinese name, what it means (with unit), and further names that are accepted.

    `each_year` says whether the field is new each year (True: the next year's file has it empty) or stays as it is
    (False); by itself a figure or date is new each year, a text is kept, and one of paragraphs is kept to be checked.
    """
    declared: dict[str, Any] = {
        "validation_alias": AliasChoices(name, *aliases),
        "serialization_alias": name,
        "title": name,
        "description": meaning,
    }
    found: Any = Field(default_factory=_none, **declared) if many else Field(... if required else None, **declared)
    if each_year is not None:
        found.metadata.append(EachYear(each_year))
    return found


def text_of(value: object) -> str:
    """The scalar `value` as text; ValueError when it is a list or mapping."""
    if isinstance(value, (list, dict)):
        raise ValueError("这里要一个值，不是列表或下级的键")
    if value is None:
        raise ValueError("这一条是空的：填上，或删去")
    return str(value).strip()


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """Marks a type as read by one function, and what the schema says of it.

    Pydantic's own PlainValidator would also work out how the type is written, for every field that is declared so.
    """

    read: Callable[..., object]
    schema: Mapping[str, Any]
    with_context: bool = False  # the function also takes a ValidationInfo

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        if self.with_context:
            return core_schema.with_info_plain_validator_function(self.read)
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(self.schema)


def _typed(parse: Callable[[str], object], types: tuple[type, ...], pattern: str, *examples: str) -> _Read:
    def validate(value: object) -> object:
        return value if isinstance(value, types) else parse(text_of(value))

    return _Read(validate, {"type": ["string", "number"], "description": pattern, "examples": list(examples)})


def _money(value: object, info: ValidationInfo) -> object:
    if isinstance(value, (Money, Said)):
        return value
    return values.money(text_of(value), (info.context or {}).get(MONEY_UNIT))


def _yes(text: str) -> bool:
    if text in ("是", "有", "true", "True"):
        return True
    if text in ("否", "没有", "false", "False"):
        return False
    raise ValueError(f"“{text}”应为 是 或 否")


def _count(text: str) -> int:
    value = values.number(re.sub(r"[个份家人次户件条项年度天日]+$", "", text))
    if value != value.to_integral_value() or value < 0:
        raise ValueError(f"“{text}”应为不小于 0 的整数")
    return int(value)


def _year(text: str) -> int:
    value = _count(text)
    if not 1900 <= value <= 2999:
        raise ValueError(f"“{text}”应为四位数的年份，如 2024")
    return value


def _points(text: str) -> Decimal:
    value = values.number(text.removesuffix("分"))
    if value < 0:
        raise ValueError(f"“{text}”：分数不能是负数")
    return value


def _share(text: str) -> Rate:
    value = values.rate(text)
    if isinstance(value, Said) or value.fraction < 0:
        raise ValueError(f"“{text}”应为不小于 0 的百分比，如 60%")
    return value


Text = Annotated[str, BeforeValidator(text_of), WithJsonSchema({"type": ["string", "number"]})]
Amount = Annotated[
    Money | Said,
    _Read(_money, {"type": ["string", "number"], "examples": ["660,000.00", "66万元", "无"]}, with_context=True),
]
Percent = Annotated[Rate | Said, _typed(values.rate, (Rate, Said), "百分比", "26.56%")]
Share = Annotated[Rate, _typed(_share, (Rate,), "百分比", "60%")]
Date = Annotated[Day | Said, _typed(values.day, (Day, Said), "日期", "2024-12-31", "2024年5月")]
Count = Annotated[int, _typed(_count, (int,), "整数", "40")]
Year = Annotated[int, _typed(_year, (int,), "年份", "2024")]
Amounted = Annotated[Quantity | Said, _typed(values.quantity, (Quantity, Said), "数量", "6个", "300余人次")]
Goal = Annotated[Target | Said, _typed(values.target, (Target, Said), "指标值", "≥200人次", "=100%", "合规")]
Score = Annotated[Decimal, _typed(_points, (Decimal,), "分数", "9", "4.5")]
Number = Annotated[Decimal, _typed(values.number, (Decimal,), "数字", "12")]
YesNo = Annotated[bool, _typed(_yes, (bool,), "是或否", "是", "否")]
Prose = Annotated[
    Narrative,
    _Read(
        lambda value: value if isinstance(value, Narrative) else prose.narrative(value),
        {
            "description": "文字：一行一段；或列表：自动编号，每条是文字，或写“标题”和“内容”",
            "anyOf": [{"type": ["string", "number"]}, {"type": "array"}],
        },
    ),
]
Texts = Annotated[
    list[Text],
    BeforeValidator(
        lambda value: [value] if isinstance(value, str) else value, json_schema_input_type=list[Text] | Text
    ),
]


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of a figure that stands elsewhere in the data or is computed: `资金.到位率`."""

    path: str

    def __str__(self) -> str:
        return self.path


_REFERENCE = re.compile(r"[^\W\d][\w（）()、“”·-]*(?:\.[\w（）()、“”·-]+)+")


def is_reference(text: str) -> bool:
    """Whether a text is the name of a figure: `资金.到位率`."""
    return _REFERENCE.fullmatch(text) is not None


def _input(value: object, info: ValidationInfo) -> object:
    if isinstance(value, (Reference, Money, Rate, Quantity)):
        return value
    text = text_of(value)
    if is_reference(text):
        return Reference(text)
    if text.endswith("%"):
        return values.rate(text)
    if text.endswith("元"):
        return values.money(text, (info.context or {}).get(MONEY_UNIT))
    found = values.quantity(text)
    if isinstance(found, Said) or found.number is None:
        raise ValueError(f"“{text}”应为数字、金额、百分比，或别处数字的名称，如 资金.到位")
    return found


Input = Annotated[
    Reference | Money | Rate | Quantity,
    _Read(
        _input,
        {
            "type": ["string", "number"],
            "description": "数字、金额、百分比，或别处数字的名称",
            "examples": ["资金.到位", "12", "90%"],
        },
        with_context=True,
    ),
]


@dataclass(frozen=True, slots=True)
class MethodCall:
    """A 测算 as the data says it: the method's name and its parameters, read."""

    name: str
    parameters: Record


def _measured(value: object, info: ValidationInfo) -> object:
    if isinstance(value, MethodCall):
        return value
    if isinstance(value, dict):
        raise ValueError("“测算”要写“方法”和该方法的参数")
    return _input(value, info)


Measuring = Annotated[
    MethodCall | Reference | Money | Rate | Quantity,
    _Read(_measured, {"description": "测算方法，或实际值", "type": ["object", "string", "number"]}, with_context=True),
]
