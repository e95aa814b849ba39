"""What the fields of a command mean: the sentences below them in its source."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise


@cache
def field_words(kind: type) -> dict[str, str]:
    """Field name → the sentence that follows it in the class, where there is one."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    described = tree.body[0]
    assert isinstance(described, ast.ClassDef), "the source of a class parses to one class"
    words = {}
    for field, after in pairwise(described.body):
        match field, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(sentence))),
            ):
                words[name] = " ".join(sentence.split())
    return words
