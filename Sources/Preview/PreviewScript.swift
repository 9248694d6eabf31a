import JSON

/// The script that the preview adds to a page: it waits for the next build, reloads the page when
/// the build gave a site, and shows the build's mistakes.
enum PreviewScript {
  /// Below the base path; no site has a file there.
  static let folder = "__sitegen/"

  /// Adds the script's element before the page's `</body>`, or at its end.
  static func add(to page: inout [UInt8], _ news: PreviewState.News, _ basePath: String) {
    let element = Array(
      "<script src=\"\(basePath)\(folder)preview.js\" data-site=\"\(news.site)\" async></script>"
        .utf8)
    page.insert(contentsOf: element, at: end(ofBodyIn: page))
  }

  private static func end(ofBodyIn page: [UInt8]) -> Int {
    let marker = Array("</body".utf8)
    var offset = page.count - marker.count
    while offset >= 0 {
      if page[offset] == UInt8(ascii: "<"),
        page[offset..<offset + marker.count].elementsEqual(marker, by: { $0 | 0x20 == $1 | 0x20 })
      {
        return offset
      }
      offset -= 1
    }
    return page.count
  }

  /// The news as JSON.
  static func json(_ news: PreviewState.News) -> [UInt8] {
    JSON.object([
      "build": .number(Double(news.build)), "site": .number(Double(news.site)),
      "mistakes": .array(
        news.mistakes.map {
          .object(["isError": .bool($0.isError), "text": .string($0.text)])
        }),
    ]).compactBytes
  }

  /// Mistakes are shown as text, never as markup, in a shadow tree that the page's style does not
  /// affect. Escape hides them until the next build.
  static let script = #"""
    (() => {
      "use strict";
      const me = document.currentScript;
      const site = Number(me.dataset.site);
      const address = new URL("news", me.src);
      let host = null;
      let build = -1;

      function show(mistakes) {
        if (host) host.remove();
        host = null;
        if (!mistakes.length) return;
        const errors = mistakes.filter(m => m.isError).length;
        const warnings = mistakes.length - errors;
        host = document.createElement("div");
        const root = host.attachShadow({ mode: "open" });
        const style = document.createElement("style");
        style.textContent = `
          :host { all: initial; }
          details { position: fixed; z-index: 2147483647; inset: auto 0 0 0; max-height: 70vh;
            overflow: auto; font: 14px/1.5 system-ui, sans-serif; color: #f4f4f4;
            background: #23262b; box-shadow: 0 -2px 16px #0006; border-top: 4px solid #e0a030; }
          details.errors { border-top-color: #e5534b; }
          details:not([open]) { inset: auto 1rem 1rem auto; border: 0; border-radius: 8px;
            border-left: 4px solid #e0a030; }
          details.errors:not([open]) { border-left-color: #e5534b; }
          summary { cursor: pointer; padding: .5rem 1rem; font-weight: 600; }
          pre { margin: 0; padding: .75rem 1rem; border-top: 1px solid #454b54;
            font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap;
            overflow-wrap: anywhere; }
          pre.error::first-line { color: #ff9d96; }
          pre.warning::first-line { color: #f0c674; }`;
        const details = document.createElement("details");
        details.open = errors > 0;
        if (errors) details.className = "errors";
        details.setAttribute("role", errors ? "alert" : "status");
        const summary = document.createElement("summary");
        const count = (n, word) => n + " " + word + (n === 1 ? "" : "s");
        summary.textContent = errors
          ? count(errors, "error") + (warnings ? ", " + count(warnings, "warning") : "") +
            " – the last good build is shown"
          : count(warnings, "warning");
        details.append(summary);
        for (const mistake of mistakes) {
          const pre = document.createElement("pre");
          pre.className = mistake.isError ? "error" : "warning";
          pre.textContent = mistake.text;
          details.append(pre);
        }
        root.append(style, details);
        document.body.append(host);
      }

      document.addEventListener("keydown", event => {
        if (event.key === "Escape" && host) show([]);
      });

      async function wait() {
        for (;;) {
          try {
            address.search = "?after=" + build;
            const answer = await fetch(address, { cache: "no-store" });
            if (!answer.ok) throw new Error(answer.statusText);
            const news = await answer.json();
            if (news.site !== site) return location.reload();
            if (news.build !== build) {
              build = news.build;
              show(news.mistakes);
            }
          } catch {
            // The preview was stopped; it may come back.
            build = -1;
            await new Promise(resume => setTimeout(resume, 1000));
          }
        }
      }
      wait();
    })();
    """#
}
