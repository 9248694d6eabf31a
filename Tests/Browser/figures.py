"""Checks in Chromium what readers see on a gallery page and on the pages of a site.

usage: figures.py BROWSER FOLDER [SITE]

FOLDER contains gallery.html, figures.css and figures.js. SITE is a built site, whose pages are
checked too.
"""
import base64
import json
import os
import re
import sys
import time

from browser import Browser

WIDTHS = [360, 768, 1280]
THEMES = ["light", "dark"]


# Checks all visible text against its picture and its neighbors, with a tolerance of one pixel.
LOOK = """(() => {
  const wrong = [];
  const all = [...document.querySelectorAll('.figure svg.chart')].filter(
    svg => svg.getClientRects().length);
  let count = 0;
  for (const svg of all) {
    const outer = svg.getBoundingClientRect();
    const name = svg.getAttribute('aria-labelledby');
    const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect(),
      parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a])
      .filter(([, box]) => box.width > 0);
    count += texts.length;
    texts.forEach(([text, box, size], index) => {
      if (box.left < outer.left - 1 || box.right > outer.right + 1 || box.top < outer.top - 1
          || box.bottom > outer.bottom + 1)
        wrong.push(`${name}: "${text}" leaves its picture`);
      for (const [other, next] of texts.slice(index + 1)) {
        const across = Math.min(box.right, next.right) - Math.max(box.left, next.left);
        const down = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
        // Boxes of lines are taller than their letters: a third of the line may be shared.
        if (across > 1 && down > Math.min(box.height, next.height) / 3)
          wrong.push(`${name}: "${text}" lies on "${other}"`);
      }
      if (size < 11) wrong.push(`${name}: "${text}" is set in ${size.toFixed(1)} px`);
    });
  }
  // What scrolls by itself may be wider than the window; the page may not.
  const page = document.documentElement.scrollWidth;
  if (page > innerWidth) {
    const widest = [...document.body.querySelectorAll('*')].filter(
      e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, pre, .katex-display'));
    const first = widest.at(-1);
    wrong.push(`the page is ${page} px wide: ${first ? first.tagName + '.' + first.className : '?'}`);
  }
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  const seen = new Set();
  for (const id of ids) { if (seen.has(id)) wrong.push(`id ${id} twice`); seen.add(id); }
  return { wrong, count, pictures: all.length };
})()"""

# Checks every pointer readout, by keys and by a pointer event at the middle of its plot.
READ = """(() => {
  const wrong = [], kinds = {};
  for (const panel of document.querySelectorAll('.figure .panel[data-kind]')) {
    if (!panel.getClientRects().length) continue;
    const area = panel.querySelector('.reader');
    const name = panel.dataset.label;
    if (!area) { wrong.push(`${name}: nothing to read`); continue; }
    const tip = panel.querySelector('.tip-box');
    const at = () => area.getAttribute('aria-valuenow') + ': ' + area.getAttribute('aria-valuetext');
    const press = key => area.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    const box = area.getBoundingClientRect();
    area.dispatchEvent(new PointerEvent('pointermove', {
      clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true }));
    const shown = tip.getBoundingClientRect(), outer = panel.getBoundingClientRect();
    if (tip.hidden || !tip.textContent.trim()) wrong.push(`${name}: says nothing at its middle`);
    if (/undefined|NaN|null|Infinity/.test(tip.textContent)) wrong.push(`${name}: says ${tip.textContent}`);
    if (shown.left < outer.left - 1 || shown.right > outer.right + 1 && shown.width < outer.width)
      wrong.push(`${name}: its values leave the panel`);
    press('Home');
    const first = at();
    press('ArrowRight');
    const second = at();
    if (first === second && Number(area.getAttribute('aria-valuemax')) > 0)
      wrong.push(`${name}: keys do not move`);
    press('End');
    if (area.getAttribute('aria-valuenow') !== area.getAttribute('aria-valuemax'))
      wrong.push(`${name}: does not reach its end`);
    press('Escape');
    if (!tip.hidden) wrong.push(`${name}: does not hide`);
    kinds[panel.dataset.kind] = (kinds[panel.dataset.kind] || 0) + 1;
  }
  return { wrong, kinds };
})()"""

# Checks printed pages: all frames, no controls, nothing that scrolls, no dark background.
PAPER = """(() => {
  const wrong = [];
  const seen = e => e.getClientRects().length > 0;
  for (const e of document.querySelectorAll(
      '.turner, .reader, .site-header, .site-footer, .neighbours, .copy, .theme-switch, .side-contents'))
    if (seen(e)) wrong.push(`${e.className} is printed`);
  for (const e of document.querySelectorAll('.frame'))
    if (!seen(e)) wrong.push('a frame is missing');
  for (const e of document.querySelectorAll('.figure .scroll'))
    if (seen(e) && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')
      wrong.push('something printed is cut off');
  const ground = getComputedStyle(document.body).backgroundColor;
  if (!/255, 255, 255|0, 0, 0, 0/.test(ground)) wrong.push('the ground is ' + ground);
  return wrong;
})()"""


def main():
    program, folder = sys.argv[1:3]
    address = "file://" + os.path.join(os.path.abspath(folder), "gallery.html")
    pages = []
    if len(sys.argv) > 3:
        for path, _, files in sorted(os.walk(sys.argv[3])):
            pages += [os.path.join(path, name) for name in sorted(files) if name.endswith(".html")]
    begun = time.monotonic()
    browser = Browser(program, folder)
    failures = []

    def expect(condition, message):
        if not condition:
            failures.append(message)

    try:
        for domain in ["Page", "Runtime", "Log", "Network"]:
            browser.call(domain + ".enable")
        for width in WIDTHS:
            for theme in THEMES:
                browser.call(
                    "Emulation.setDeviceMetricsOverride",
                    {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
                browser.call(
                    "Emulation.setEmulatedMedia",
                    {"features": [{"name": "prefers-color-scheme", "value": theme}]})
                browser.load(address)
                seen = browser.evaluate(LOOK)
                where = f"{width} px, {theme}"
                expect(seen["pictures"] > 20 and seen["count"] > 200, f"{where}: too little is seen")
                failures += [f"{where}: {line}" for line in seen["wrong"]]
                read = browser.evaluate(READ)
                failures += [f"{where}: {line}" for line in read["wrong"]]
                expect(
                    set(read["kinds"]) == {"line", "rows", "points", "cells"},
                    f"{where}: only {read['kinds']} can be read")
                live(browser, address, where, expect)
                pictures, texts = seen["pictures"], seen["count"]
                for page in pages:
                    # The theme changes colors, not positions, so both themes are checked in the
                    # widest window only.
                    if theme == "dark" and width != 1280:
                        continue
                    browser.load("file://" + os.path.abspath(page))
                    seen = browser.evaluate(LOOK)
                    name = os.path.relpath(page, sys.argv[3])
                    failures += [f"{name}, {where}: {line}" for line in seen["wrong"]]
                    if width != 768:
                        read = browser.evaluate(READ)
                        failures += [f"{name}, {where}: {line}" for line in read["wrong"]]
                    pictures, texts = pictures + seen["pictures"], texts + seen["count"]
                print(f"{where}: {pictures} pictures, {texts} texts")
        reduced(browser, address, expect)
        printed(browser, [address] + ["file://" + os.path.abspath(page) for page in pages], failures)
        for event in browser.events:
            if event.get("method") == "Runtime.exceptionThrown":
                failures.append(str(event["params"]["exceptionDetails"])[:400])
            if event.get("method") == "Log.entryAdded":
                entry = event["params"]["entry"]
                if entry["level"] == "error":
                    failures.append("console: " + entry["text"] + " " + entry.get("url", ""))
            if event.get("method") == "Network.requestWillBeSent":
                url = event["params"]["request"]["url"]
                if not url.startswith(("file:", "data:", "about:")):
                    failures.append("a request leaves: " + url)
    finally:
        browser.close()
    for failure in dict.fromkeys(failures):
        print("FAILED", failure)
    print(
        "figures in the browser:", "failed" if failures else "passed",
        f"in {time.monotonic() - begun:.0f} s")
    sys.exit(1 if failures else 0)


def live(browser, address, where, expect):
    """Crosshair, legend and slider react to the pointer and to keys."""
    middle = """(selector => {
      const e = document.querySelector(selector); e.scrollIntoView({ block: 'center' });
      const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2];
    })"""
    tip = "document.querySelector('#g1 .tip-box').textContent"
    x, y = browser.evaluate(middle + "('#g1 .reader')")
    browser.point(x, y)
    at_middle = browser.evaluate(tip)
    expect(
        "0.5" in at_middle and "0.25" in at_middle,
        f"{where}: at the middle of the sigmoid the crosshair says {at_middle!r}")
    browser.point(x + 60, y)
    expect(browser.evaluate(tip) != at_middle, f"{where}: the crosshair does not follow the pointer")
    browser.evaluate("document.querySelector('#g1 .reader').focus()")
    before = browser.evaluate("document.querySelector('#g1 .reader').getAttribute('aria-valuetext')")
    browser.key("Home")
    browser.key("ArrowRight")
    after = browser.evaluate("document.querySelector('#g1 .reader').getAttribute('aria-valuetext')")
    expect(after and before != after, f"{where}: keys do not move the crosshair")

    off = "document.querySelectorAll('#g1 g.s[data-off]').length"
    browser.evaluate("document.querySelector('#g1 .legend button').focus()")
    browser.evaluate("document.querySelector('#g1 .legend button').click()")
    expect(browser.evaluate(off) > 0, f"{where}: the legend hides nothing")
    expect("g1.off=0" in browser.evaluate("location.hash"), f"{where}: the address forgets")

    frames = browser.evaluate("document.querySelector('.frames').closest('figure').id")
    shown = f"[...document.querySelectorAll('#{frames} .frame')].map(f => f.hidden ? 0 : 1).join('')"
    expect(browser.evaluate(shown) == "1000", f"{where}: not one frame is shown")
    browser.evaluate(f"document.querySelector('#{frames} input').focus()")
    browser.key("ArrowRight")
    expect(browser.evaluate(shown) == "0100", f"{where}: keys do not turn the frames")
    said = browser.evaluate(f"document.querySelector('#{frames} input').getAttribute('aria-valuetext')")
    expect(said == "epoch 5", f"{where}: the slider says {said!r}")
    x, y = browser.evaluate(middle + f"('#{frames} input')")
    browser.point(x, y, press=True)
    expect(browser.evaluate(shown) != "0100", f"{where}: the pointer does not turn the frames")
    values(browser, where, expect)
    # The address restores the state.
    browser.load(address + f"#{frames}.frame=2&g1.off=1")
    expect(browser.evaluate(shown) == "0010", f"{where}: the address does not bring the frame back")
    expect(browser.evaluate(off) > 0, f"{where}: the address does not bring the legend back")


def values(browser, where, expect):
    """Compares the values shown in some panels with their data."""
    said = """(label => {
      const panel = [...document.querySelectorAll('.panel[data-kind]')].find(
        p => p.dataset.label.endsWith(label) && p.getClientRects().length);
      const area = panel.querySelector('.reader'), box = area.getBoundingClientRect();
      const at = (x, y) => { area.dispatchEvent(new PointerEvent('pointermove',
        { clientX: box.left + x * box.width, clientY: box.top + y * box.height }));
        return area.getAttribute('aria-valuetext'); };
      return [at(0.02, 0.02), at(0.5, 0.5), at(0.98, 0.98)];
    })"""
    for label, number, wanted in [
        ("Moons", 0, r"upper \d+%"), ("Moons", 2, r"lower \d+%"), ("Moons", 1, r"x₁ .*, x₂ .*%"),
        ("Digits", 0, r"true class 0, 0 86"), ("Rosenbrock’s valley", 1, r"x₁ .*, x₂ .*, "),
        ("The data", 1, r"class [a-d] , x₁ −?[\d.]+, x₂ −?[\d.]+"),
        ("Weights", 1, r"from −?[\d.]+, to [\d.]+, count \d+"),
        ("Loss over 80 seeds", 0, r"optimizer sgd, minimum −[\d.]+, lower quartile"),
        ("Activations of tanh layers", 2, r"layer 8, mean .*, standard deviation"),
        ("training loss over step", 2, r"step \d+, loss 0\.\d+"),
        ("64 × 64", 1, r"column 3\d, row 3\d, value −?[\d.]+"),
    ]:
        text = browser.evaluate(f"{said}({json.dumps(label)})[{number}]")
        expect(re.search(wanted, text), f"{where}: {label} says {text!r}")


def reduced(browser, address, expect):
    browser.call(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
    browser.load(address)
    expect(
        browser.evaluate(
            "[...document.querySelectorAll('.turner button')].filter(b => b.getClientRects().length).length") == 0,
        "who wants no motion is offered it")


def printed(browser, addresses, failures):
    """Printed pages show the content without controls, on white even in the dark theme."""
    for address in addresses:
        browser.call(
            "Emulation.setEmulatedMedia",
            {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]})
        browser.call(
            "Emulation.setDeviceMetricsOverride",
            {"width": 718, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
        browser.load(address)
        name = "/".join(address.split("/")[-3:])
        failures += [f"{name}, printed: {line}" for line in browser.evaluate(PAPER)]
        failures += [f"{name}, printed: {line}" for line in browser.evaluate(LOOK)["wrong"]]
    sheet = browser.call("Page.printToPDF", {"printBackground": False}, timeout=60)["data"]
    if not base64.b64decode(sheet).startswith(b"%PDF"):
        failures.append("no page is printed")


main()
