"""Generates sites with the attempts of injections.txt in every place for an author's text."""
import json
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")


def attempts():
    """The entries of injections.txt, numbered: (kind, text, whether it runs if HTML is passed)."""
    found, kind = [], None
    with open(os.path.join(HERE, "injections.txt"), encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if re.fullmatch(r"\[[a-z]+\]", line):
                kind = line[1:-1]
            elif kind and line:
                runs = line.startswith("! ")
                text = unescaped(line[2:] if runs else line).replace("RUN", f"alert({len(found)})")
                found.append((kind, text, runs))
    return found


def unescaped(line):
    def byte(match):
        code = match.group(0)
        return {"\\n": b"\n", "\\t": b"\t", "\\r": b"\r", "\\\\": b"\\"}.get(code) or (
            bytes([int(code[2:], 16)]) if code[1] == "x" else chr(int(code[2:], 16)).encode())

    out, at = b"", 0
    for match in re.finditer(r"\\(n|t|r|\\|x[0-9a-f]{2}|u[0-9a-f]{4})", line):
        out += line[at:match.start()].encode() + byte(match)
        at = match.end()
    return (out + line[at:].encode()).decode("utf-8", "surrogateescape")


def yaml(text):
    """The text as a YAML scalar, without bytes that YAML does not allow."""
    text = re.sub(r"[\udc80-\udcff\ufffe\uffff\x00]", "", text)
    return json.dumps(text, ensure_ascii=True)


def quoted(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("}", "\\}").replace("\n", " ")


def address(text):
    """The text as a part of an address, without characters that are errors in an address."""
    return re.sub(r"[/\x00-\x1f\x7f-\x9f\u2028\u2029\\\\]|%[01][0-9a-fA-F]|%7[fF]|%5[cC]", "", text)


def front_matter(number, text):
    line = " ".join(text.split())
    fields = [
        f"title: {yaml(text)}", f"description: {yaml(text)}", f"author: {yaml(text)}",
        f"tags: [{yaml(text)}]", f"layout: {yaml(text)}",
        f"aliases: [{yaml(f'/old/{number}/x' + address(text))}]", "html: pass",
        f"cover: {yaml(line)}", f"homepage: {yaml(text)}",
    ]
    if number % 3 == 0:
        path = address(text).replace(":", "")
        fields.append(f"permalink: {yaml(f'/at/{number}/x{path}/')}")
    if number % 4 == 1:
        fields.append(f"categories: [{yaml(text)}]")
    if number % 4 == 0:
        fields.append(f"date: 2020-01-{number % 28 + 1:02}")
    return "---\n" + "\n".join(fields) + "\n---\n"


def text_places(text):
    """Markdown with the text in every kind of place for text."""
    line = " ".join(text.split("\n"))
    return [
        f"# {line}", f"## {line} {{#x}}", f"{line}\n===", text, f"> {line}", f"- {line}\n- [ ] {line}",
        f"1. {line}", f"| {line} | b |\n|---|---|\n| {line} | c |\n{{: caption=\"{quoted(text)}\"}}",
        f"Term {line}\n: {line}", f"![{line}](x.png \"{quoted(text)}\")",
        f"A ![{line}](x.png) and [{line}](x.png \"{quoted(text)}\") and *{line}* ~~{line}~~.",
        f"A[^1].\n\n[^1]: {line}", f"*[ABBR]: {line}\n\nABBR", f"`{line}` and ``{line}``",
        f"```js {line}\n{text}\n```", f"```js {{title=\"{quoted(text)}\"}}\n{text}\n```",
        f"```html\n{text}\n```", f"```{line}\n{text}\n```", f"    {line}", f"$${line}$$",
        f"> [!NOTE]\n> {line}", f"{{::nomarkdown}}\n{text}\n{{:/}}", f"<div>\n{text}\n</div>",
        f"<div markdown=\"1\">\n\n{text}\n\n</div>", f"<span>{line}</span>", f"[{line}]",
        f"[{line}]: x.png \"{quoted(text)}\"", f"[x](#{line})", f"{{::comment}}{line}{{:/}}",
        f"{{::options x=\"{quoted(text)}\" /}}", f"{{: title=\"{quoted(text)}\"}}",
        "* toc\n{:toc}",
    ]


def address_places(address):
    """Markdown with the address in every kind of place for an address."""
    return [
        f"[a]({address}) [b](<{address}>) [c]({address} \"t\") ![d]({address}) ![e](<{address}>)",
        f"![alone](<{address}>)", f"![alone]({address} \"title\"){{: .wide}}",
        f"[f][r] ![g][r] [r]\n\n[r]: <{address}>", f"[h][s]\n\n[s]: {address}", f"<{address}>", address,
        f"## [i](<{address}>)", f"## ![j](<{address}>)", f"| [k](<{address}>) |\n|---|\n| l |",
        f"N[^2].\n\n[^2]: [m](<{address}>) ![n](<{address}>)",
        f"[![o](<{address}>)](<{address}>)", f"[p](x.png){{: href=\"{quoted(address)}\"}}",
        f"![q](x.png){{: src=\"{quoted(address)}\"}}", f"<a href=\"{address}\">r</a>",
        f"<img src=\"{address}\">", f"$$\\href{{{address}}}{{x}}$$", f"$$\\url{{{address}}}$$",
        f"$$\\includegraphics{{{address}}}$$",
    ]


def attribute_places(attributes):
    """Markdown with the attribute list after every element that can have one."""
    a = attributes
    return [
        f"Text.\n{{: {a}}}", f"*a*{{: {a}}} **b**{{: {a}}} `c`{{: {a}}} ~~d~~{{: {a}}}",
        f"[e](x.png){{: {a}}} ![f](x.png){{: {a}}} <https://g.example>{{: {a}}}",
        f"![alone](x.png){{: {a}}}", f"![alone](x.png)\n{{: {a}}}", f"# h\n{{: {a}}}", f"## i {{#j {a}}}",
        f"## k {{: {a}}}", f"* {{: {a}}} l\n{{: {a}}}", f"1. m\n{{: {a}}}", f"> n\n{{: {a}}}",
        f"| o |\n|---|\n| p |\n{{: {a}}}", f"q\n: {{: {a}}} r\n{{: {a}}}", f"{{: {a}}}\ns\n: t",
        f"```js {{{a}}}\nu\n```\n{{: {a}}}", f"    v\n{{: {a}}}", f"$$w$$\n{{: {a}}}", f"Q $$x$${{: {a}}}",
        f"{{:def: {a}}}\n\nText.\n{{: def}}\n\n*y*{{: def}}", f"{{::options {a} /}}",
        f"* toc\n{{:toc {a}}}", f"---\n{{: {a}}}", f"{{: {a}}}\n*[ABC]: z\n\nABC", f"<div {a}>x</div>",
        f"> [!NOTE]\n> x\n{{: {a}}}", f"[outside](https://x.example/){{: {a}}} ![o](https://x.example/){{: {a}}}",
    ]


def figure(number, text, kind):
    """An nn block with the attempt in its caption, its alternative text and its data."""
    caption = {
        "attributes": f"*a*{{: {text}}} [b](x.png){{: {text}}}",
        "tex": f"$${text}$$",
        "address": f"[a](<{text}>) ![b](<{text}>) <{text}>",
    }.get(kind, text)
    block = f"plot: tanh\ncaption: {yaml(caption)}\nalt: {yaml(text)}\nwidth: 200\nheight: 100\n"
    if kind in ("html", "markdown") and number % 2 == 0:
        block = f"dataset: csv {kind}/d{number}.csv target=class\ncaption: {yaml(caption)}\n"
    return f"```nn fig\n{block}```"


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))


def file_name(number, text):
    name = re.sub(r"[\udc80-\udcff]", "", address(text))
    return name.encode()[:90].decode("utf-8", "ignore").lstrip("._") + f" {number}"


def write_site(root, found, policy):
    content = os.path.join(root, "content")
    write(os.path.join(root, "sitegen.yml"), (
        "title: Notes\nbase_url: https://notes.example/\nfront_matter: [cover, homepage]\n"
        f"math: {{single_dollar: true}}\nmarkdown: {{html: {policy}, number_headings: true}}\n"))
    # Custom templates put front matter values into text and into addresses.
    write(os.path.join(root, "templates/article-facts.html"), (
        "<p title='{{extra.cover}}'>{{extra.homepage}} <a href=\"{{extra.homepage}}\">a</a>\n"
        "<a href='{{extra.cover}}'>b</a> <img src=\"{{extra.cover}}\" alt=\"{{extra.homepage}}\"></p>\n"
        "<p>{{#categories}}<a href=\"{{url}}\">{{name}}</a> {{/categories}}\n"
        "{{#tags}}<a href='{{url}}'>{{name}}</a> {{/tags}}</p>\n"))
    write(os.path.join(content, "index.md"), "# Notes\n\nAttempts.\n")
    for number, (kind, text, runs) in enumerate(found):
        if kind == "file":
            name, _, body = text.partition(" ")
            write(os.path.join(content, f"files{number}", name), body)
            continue
        if policy == "pass" and not runs:
            continue
        folder = os.path.join(content, kind)
        write(os.path.join(folder, "x.png"), PICTURE)
        places = {"address": address_places, "attributes": attribute_places}.get(kind, text_places)(text)
        if kind == "tex":
            places = [f"$${text}$$", f"A $${text}$$ b ${text}$", f"# $${text}$$"] + places
        if policy == "pass":
            places = [text]
        else:
            # An attempt that leaves a construct open must not hide the places after it.
            places = ["Text."] + places + ["\n\n```\n```\n\n"] + text_places(text)[:3] * (kind == "address")
        body = front_matter(number, text) + "\n\n".join(places) + "\n"
        if policy != "pass":
            body += "\n" + figure(number, text, kind) + "\n"
            field = '"' + text.replace('"', '""').replace("\x00", "") + '"'
            write(os.path.join(folder, f"d{number}.csv"),
                  f"{field},b,class\n" + "".join(
                      f"{i},{i * i % 7},{field if i % 2 else 'other'}\n" for i in range(12)))
        write(os.path.join(folder, file_name(number, text) + ".md"), body)
