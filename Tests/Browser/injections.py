"""Puts every attempt of injections.txt in every place for an author's text, builds the site with
HTML escaped, and checks in Chromium that none of them runs, loads anything or becomes active.

usage: injections.py BROWSER SITEGEN FOLDER

A second site contains the attempts that run if HTML is passed. They must be seen to run, which
shows that the hooks work.
"""
import os
import re
import subprocess
import sys
import time
from urllib.parse import quote, unquote

from attempts import attempts, write, write_site
from browser import Browser


# Runs before a page's scripts: calls that show a dialog or open a window are reported.
HOOKS = """(() => {
  const tell = (name, value) => sitegenRan(name + ' ' + String(value));
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'msgbox'])
    Object.defineProperty(window, name, {
      value: first => tell(name, first), writable: false, configurable: false });
  addEventListener('securitypolicyviolation', event => tell('policy', event.blockedURI));
})()"""

# Finds active content that is not the theme's.
SCAN = r"""(() => {
  const wrong = [];
  const active = url => /^(javascript|vbscript|livescript|data|blob|filesystem|view-source|feed|jar):/i
    .test(url.replace(/[\u0000-\u0020]/g, ''));
  const picture = url => /^data:image\/(png|jpeg|gif|webp);base64,/.test(url);
  const outside = url => { try { return new URL(url, document.baseURI).protocol !== 'file:'; }
    catch { return true; } };
  const local = url => /^[\u0000-\u0020]*file:/i.test(url);
  const forbidden = 'iframe,frame,frameset,object,embed,applet,base,portal,marquee,bgsound,layer,'
    + 'audio,video,source,track,animate,set,foreignObject,handler,template,dialog,textarea,select,'
    + 'xmp,plaintext,noembed,noframes,keygen,isindex';
  for (const e of document.querySelectorAll(forbidden)) wrong.push('element ' + e.outerHTML.slice(0, 160));
  for (const e of document.querySelectorAll('script'))
    if (!/(^|\/)assets\/(theme|code|figures|search|search-index)\.js$/.test(e.getAttribute('src') || '')
        || outside(e.src) || e.textContent)
      wrong.push('script ' + e.outerHTML.slice(0, 160));
  for (const e of document.querySelectorAll('form'))
    if (!e.matches('form.search')) wrong.push('form');
  for (const e of document.querySelectorAll('input'))
    if (!e.matches('form.search input, li > input[type=checkbox][disabled], .turner input,'
      + 'p > input[type=checkbox][disabled]')) wrong.push('input ' + e.outerHTML);
  for (const e of document.querySelectorAll('style'))
    if (!e.textContent.includes('.site-nav,.theme-switch')) wrong.push('style ' + e.textContent.slice(0, 80));
  for (const e of document.querySelectorAll('meta[http-equiv]'))
    if (!/^content-security-policy$/i.test(e.httpEquiv)
        && !(e.httpEquiv === 'refresh' && document.title && !document.querySelector('main')))
      wrong.push('meta ' + e.outerHTML);
  for (const e of document.querySelectorAll('link'))
    if (!['stylesheet', 'canonical', 'alternate'].includes(e.rel)
        || e.rel === 'stylesheet' && outside(e.href)) wrong.push('link ' + e.outerHTML);
  for (const e of document.querySelectorAll('*')) {
    for (const { name, value } of e.attributes) {
      if (/^on/i.test(name)) wrong.push(`handler ${e.tagName} ${name}=${value.slice(0, 80)}`);
      if (/^(srcdoc|formaction|ping|background|poster|srcset|imagesrcset|action|manifest|is|nonce|slot|popover|autofocus|contenteditable)$/i.test(name)
          && !(name === 'action'))
        wrong.push(`attribute ${e.tagName} ${name}`);
      if (/^(.*:)?(href|src|action|formaction|data|cite|poster|longdesc)$/i.test(name) && active(value)
          && !(picture(value) && /^(img|image)$/i.test(e.tagName)))
        wrong.push(`address ${e.tagName} ${name}=${value.slice(0, 80)}`);
      if (/^(.*:)?(src|href)$/i.test(name) && /^(img|image|use|input|script)$/i.test(e.tagName)
          && (outside(value) || local(value)) && !picture(value))
        wrong.push(`outside ${e.tagName} ${name}=${value.slice(0, 80)}`);
      if (name === 'style' && /url\(|image-set|expression|@import|position\s*:\s*fixed/i.test(value))
        wrong.push(`style ${value.slice(0, 80)}`);
    }
  }
  // Nothing of the theme's scripts may have been taken over by a name.
  if (document.querySelector('form.search') && !Array.isArray(window.sitegenPages)) wrong.push('sitegenPages is taken');
  return wrong;
})()"""

ACTIVE_ENDINGS = (
    ".htm", ".xhtml", ".svg", ".xml", ".xsl", ".rss", ".mht", ".shtml", ".unknown", ".gz", ".php")


class Watcher:
    """Loads one page after another in one browser, and reports what each does."""

    def __init__(self, browser):
        self.browser = browser
        for domain in ["Page", "Runtime", "Network"]:
            browser.call(domain + ".enable")
        browser.call("Page.setBypassCSP", {"enabled": True})
        browser.call("Runtime.addBinding", {"name": "sitegenRan"})
        browser.call("Page.addScriptToEvaluateOnNewDocument", {"source": HOOKS})

    def look(self, address, scans=True, patience=0.2):
        browser = self.browser
        browser.events = []
        browser.call("Page.navigate", {"url": address})
        try:
            browser.wait_for("Page.loadEventFired", 15)
            reported = [("scan", line) for line in browser.evaluate(SCAN)] if scans else []
            if not scans:
                # A page that redirects cannot be scanned.
                end = time.monotonic() + patience
                while (message := browser.next(end - time.monotonic())) is not None:
                    browser.events.append(message)
        except SystemExit as reason:
            reported = [("load", str(reason)[:200])]
        for event in browser.events:
            reported += self.read(event.get("method"), event.get("params", {}))
        return reported

    def read(self, method, params):
        if method == "Runtime.bindingCalled":
            return [("ran", params["payload"])]
        if method == "Page.javascriptDialogOpening":
            self.browser.call("Page.handleJavaScriptDialog", {"accept": True})
            return [("ran", "a dialog " + params["message"])]
        if method == "Runtime.exceptionThrown":
            return [("exception", str(params["exceptionDetails"].get("exception", {}).get("description")))]
        if method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            # A path from the root stays on its host; `file:` addresses are found by the scan.
            if not url.startswith(("file:///", "data:image/")):
                return [("request", url[:200])]
        if method in ("Page.frameNavigated", "Page.frameRequestedNavigation"):
            url = params.get("url") or params.get("frame", {}).get("url", "")
            if url and url != "about:blank" and not url.startswith("file:///"):
                return [("navigation", url[:200])]
        return []


def build(program, root):
    begun = time.monotonic()
    result = subprocess.run(
        [program, "build", "--root", root], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = result.stdout.decode("utf-8", "replace")
    if result.returncode != 0:
        errors = [line for line in said.split("\n") if ": error:" in line]
        raise SystemExit("\n".join(errors[:40]) + "\nFAILED the site of attempts is not built")
    print(f"built {os.path.basename(root)} in {time.monotonic() - begun:.0f} s")
    return said


def pages(site):
    for path, folders, names in sorted(os.walk(site)):
        folders.sort()
        for name in sorted(names):
            yield os.path.relpath(os.path.join(path, name), site)


def url(site, path):
    return "file://" + quote(os.path.join(os.path.abspath(site), path))


def redirect_target(html):
    """The target of a redirecting page, by the HTML standard's algorithm for `refresh`."""
    import html as entities
    found = re.search(r'http-equiv="refresh" content="([^"]*)"', html)
    if not found:
        return None
    text = re.sub(r"^[\d.\s]*[;,]?\s*(url\s*=\s*)?", "", entities.unescape(found.group(1)), flags=re.I)
    if text[:1] in "'\"" and text[0] in text[1:]:
        text = text[1:].split(text[0])[0]
    return text


def check_escaped(watcher, program, folder, found, failures):
    browser = watcher.browser
    root = os.path.join(folder, "escaped")
    write_site(root, found, "escape")
    said = build(program, root)
    site = os.path.join(root, "site")
    looked = moved = 0
    for path in pages(site):
        lower = path.lower()
        if lower.endswith(".html"):
            with open(os.path.join(site, path), encoding="utf-8") as file:
                html = file.read()
            target = redirect_target(html)
            if target is not None:
                there = os.path.normpath(os.path.join(site, os.path.dirname(path), unquote(target)))
                if re.match(r"[a-z]+:|//", target, re.I) or not os.path.isfile(there):
                    failures.append(f"{path}: leads to {target}")
                # They lead to pages that are checked themselves.
                moved += 1
                if moved % 25:
                    continue
            if "http-equiv=\"Content-Security-Policy\"" not in html:
                failures.append(f"{path}: asks for no policy")
        elif not lower.endswith(ACTIVE_ENDINGS):
            continue
        looked += 1
        scans = lower.endswith(".html") and target is None
        for kind, line in watcher.look(url(site, path), scans):
            if kind == "exception" and not scans:
                continue
            failures.append(f"{path}: {kind}: {line}")
    for words in ["alert", "script", "evil", "\"", "<img"]:
        for kind, line in watcher.look(url(site, "search/index.html") + "?q=" + quote(words)):
            failures.append(f"search for {words}: {kind}: {line}")
        if browser.evaluate("document.querySelectorAll('.found a').length") == 0 and words != "<img":
            failures.append(f"search for {words}: finds nothing")
    for number, (kind, text, _) in enumerate(found):
        name = text.split(" ")[0]
        if kind == "file":
            is_there = os.path.exists(os.path.join(site, f"files{number}", name))
            if is_there != (name.startswith("plain.") or name == "CNAME"):
                failures.append(f"{name}: {'is' if is_there else 'is not'} published")
            if not is_there and f"files{number}/{name}" not in said:
                failures.append(f"{name}: is left out without a word")
    # With the policy enforced, the theme's own scripts still run.
    browser.call("Page.setBypassCSP", {"enabled": False})
    for path in ["index.html", "search/index.html", "404.html"]:
        for kind, line in watcher.look(url(site, path)):
            failures.append(f"{path} under its policy: {kind}: {line}")
    watcher.look(url(site, "search/index.html") + "?q=alert")
    if browser.evaluate("document.querySelectorAll('.found a').length") == 0:
        failures.append("under its policy the search does not work")
    browser.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    browser.evaluate("new Promise(done => setTimeout(done, 200))")
    if any(e.get("method") == "Runtime.bindingCalled"
           and not e["params"]["payload"].startswith("policy") for e in browser.events):
        failures.append("under its policy a handler runs")
    browser.call("Page.setBypassCSP", {"enabled": True})
    return looked


def check_control(watcher, program, folder, found, failures):
    """If HTML is passed, marked attempts must be seen to run, and traces to be reported."""
    root = os.path.join(folder, "passing")
    write_site(root, found, "pass")
    write(os.path.join(root, "content/traces.md"), (
        "<a href=\"javascript:alert(1)\">a</a> <b onclick=\"alert(1)\">b</b>\n"
        "<img src=\"https://evil.example/i.png\"> <iframe></iframe>\n<style>p{}</style>\n"
        "<p style=\"background:url(https://evil.example/b)\">x</p>\n"
        "<base href=\"https://evil.example/\">\n<script src=\"https://evil.example/x.js\"></script>\n"))
    build(program, root)
    site = os.path.join(root, "site")
    ran = set()
    for path in pages(site):
        if path.endswith(".html") and path.split(os.sep)[0] in ("html", "markdown", "at"):
            for patience in (0.2, 1, 5):
                reported = watcher.look(url(site, path), scans=False, patience=patience)
                seen = {int(n) for k, line in reported if k == "ran" for n in re.findall(r"alert (\d+)$", line)}
                ran |= seen
                if seen:
                    break
    wanted = {number for number, (_, _, runs) in enumerate(found) if runs}
    for number in sorted(wanted - ran):
        failures.append(f"control: {found[number][1]!r} is not seen to run")
    reported = watcher.look(url(site, "traces/index.html"))
    text = "\n".join(f"{kind} {line}" for kind, line in reported)
    for trace in [
        "scan address A href=javascript", "scan handler B onclick", "scan outside IMG",
        "scan element <iframe", "scan style p{}", "scan style background", "scan element <base",
        "scan script", "request https://evil.example/i.png", "request https://evil.example/x.js",
    ]:
        if trace not in text:
            failures.append(f"control: nothing reports {trace!r}")
    return len(wanted)


def main():
    program, sitegen, folder = sys.argv[1:4]
    begun = time.monotonic()
    found = attempts()
    if len(found) < 300:
        raise SystemExit(f"only {len(found)} attempts")
    browser = Browser(program, folder)
    failures = []
    try:
        watcher = Watcher(browser)
        ran = check_control(watcher, sitegen, folder, found, failures)
        looked = check_escaped(watcher, sitegen, folder, found, failures)
    finally:
        browser.close()
    for failure in list(dict.fromkeys(failures))[:100]:
        print("FAILED", failure)
    print(
        f"{len(found)} injections on {looked} pages:", "failed" if failures else "none ran",
        f"({ran} of them do where HTML passes), {time.monotonic() - begun:.0f} s")
    sys.exit(1 if failures else 0)


main()
