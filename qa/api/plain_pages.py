"""Two small pages without script: the description of the API, made from its OpenAPI, and the door of a locked page."""

from __future__ import annotations

import json
from typing import Any

from qa.chat.markup import Html, join, tag
from qa.chat.strings import pair


def _document(title: object, style: str, *body: object) -> str:
    head = join(
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", title),
        Html(f'<link rel="stylesheet" href="{style}">'),
    )
    page = tag("main", *body, cls="wb-plain")
    return f'<!doctype html><html lang="zh-CN">{tag("head", head)}{tag("body", page)}</html>'


def description(openapi: dict[str, Any], style: str) -> str:
    """Return the API as a page to read: every route, what it takes, what it returns."""
    routes = [
        _route(method, path, operation) for path, methods in openapi["paths"].items() for method, operation in methods.items()
    ]
    schemas = openapi.get("components", {}).get("schemas", {})
    bodies = [_body(name, schema) for name, schema in schemas.items() if name.endswith("Body")]
    intro = tag("p", openapi["info"].get("description", ""), " ", tag("a", "openapi.json", href="/openapi.json"))
    heading = tag("h1", openapi["info"]["title"], " ", openapi["info"]["version"])
    return _document(openapi["info"]["title"], style, heading, intro, *routes, tag("h2", "Request bodies"), *bodies)


def _route(method: str, path: str, operation: dict[str, Any]) -> Html:
    rows = [
        tag("li", tag("code", each["name"]), " ", each.get("description", ""), "" if each.get("required") else " (optional)")
        for each in operation.get("parameters", [])
    ]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in content:
        rows.append(tag("li", "JSON body: ", tag("code", content["$ref"].rsplit("/", 1)[-1])))
    return tag(
        "section",
        tag("h3", tag("code", f"{method.upper()} {path}")),
        tag("p", operation.get("description", "")),
        tag("ul", *rows) if rows else None,
        _example(operation),
    )


def _example(operation: dict[str, Any]) -> Html | None:
    """Return what a reply may look like, folded away."""
    content = operation.get("responses", {}).get("200", {}).get("content", {})
    example = content.get("application/json", {}).get("example")
    if example is None:
        return None
    return tag("details", tag("summary", "Example of a reply"), tag("pre", json.dumps(example, ensure_ascii=False, indent=2)))


def _body(name: str, schema: dict[str, Any]) -> Html:
    fields = [
        tag("li", tag("code", field), " ", tag("code", _type(each))) for field, each in schema.get("properties", {}).items()
    ]
    return tag("section", tag("h3", tag("code", name)), tag("p", schema.get("description", "")), tag("ul", *fields))


def _type(field: dict[str, Any]) -> str:
    shown = {key: value for key, value in field.items() if key not in ("title", "description", "examples")}
    return json.dumps(shown, ensure_ascii=False)


def door(*, wrong: bool = False) -> str:
    """Return the page that asks for the key; it has no script."""
    words = tag("p", pair("这个口令不对。", "That is not the key."), cls="wb-verdict") if wrong else None
    label = tag("label", pair("请输入口令", "Key needed to enter"), for_="key")
    field = Html('<input id="key" name="key" type="password" autocomplete="current-password" required autofocus>')
    form = tag("form", label, field, tag("button", pair("进入", "Enter"), type="submit"), action="/unlock", method="post")
    return _document("问报 Wenbao", "/page/style.css", tag("h1", "问报 Wenbao"), words, form)
