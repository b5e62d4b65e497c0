"""Evaluating arithmetic that a report prints, without ever running it.

Belongs here: reading numbers, the four signs and brackets as people print them. Anything else in
the text is refused. Does not belong here: which formula a measure has.
"""

from __future__ import annotations

import ast
import re
from decimal import Decimal, DivisionByZero, InvalidOperation

_PRINTED = str.maketrans(
    {
        "\N{MULTIPLICATION SIGN}": "*",
        "\N{MIDDLE DOT}": "*",
        "\N{DIVISION SIGN}": "/",
        "\N{MINUS SIGN}": "-",
        "\N{EN DASH}": "-",
        "\N{NO-BREAK SPACE}": " ",
    }
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TIMES = re.compile(r"(?<=[\d)%\s])[xX](?=[\s(\d])")
_MAX_LENGTH = 500


class FormulaError(ValueError):
    """The printed text cannot be evaluated; the message says why."""


def evaluate(printed: str) -> Decimal:
    """The value of printed arithmetic such as `100 * 6,864 / ((6,929 - 50) * 0.25 + 50)`.

    The typographic signs of the four operations are read as well. Multiplication and division bind
    before addition and subtraction, as in print. `100%` reads as 100. What stands left of an equals
    sign ("PM12.2 =") or after it ("= 387.85%") is left out.

    Raises:
        FormulaError: the brackets do not balance, something else than arithmetic stands there, or
            it divides by zero.
    """
    text = _arithmetic_of(printed)
    if len(text) > _MAX_LENGTH:
        raise FormulaError(f"it is longer than {_MAX_LENGTH} characters")
    opened, closed = text.count("("), text.count(")")
    if opened != closed:
        raise FormulaError(f"its brackets do not balance: {opened} opened, {closed} closed")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise FormulaError("it is not arithmetic") from error
    try:
        return _value(tree.body)
    except (DivisionByZero, InvalidOperation) as error:
        raise FormulaError("it divides by zero") from error


def numbers_in(printed: str) -> tuple[Decimal, ...]:
    """The numbers of printed arithmetic, in the order in which they stand."""
    text = _arithmetic_of(printed)
    return tuple(Decimal(found.replace(",", "")) for found in _NUMBER.findall(text))


def _arithmetic_of(printed: str) -> str:
    text = printed.translate(_PRINTED)
    sides = [side for side in text.split("=") if any(sign in side for sign in "*/(")]
    text = _TIMES.sub("*", sides[0] if sides else text).replace("%", "")
    return _NUMBER.sub(lambda found: found.group().replace(",", ""), text).strip()


def _value(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Decimal(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left), _value(node.right)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
    raise FormulaError("it holds something else than numbers, + - * / and brackets")
