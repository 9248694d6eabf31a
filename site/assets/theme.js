// Light or dark: the system's setting, until the reader chooses. Runs before the page is drawn.
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  var chosen = null;
  try { chosen = localStorage.getItem("sitegen-theme"); } catch (error) { /* A page from the disk may have none. */ }
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".theme-switch");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var now = root.dataset.theme || (system.matches ? "dark" : "light");
      var next = now === "dark" ? "light" : "dark";
      // Back to the system's setting: nothing to store.
      if (next === (system.matches ? "dark" : "light")) delete root.dataset.theme;
      else root.dataset.theme = next;
      try {
        if (root.dataset.theme) localStorage.setItem("sitegen-theme", next);
        else localStorage.removeItem("sitegen-theme");
      } catch (error) { /* It then lasts for this page. */ }
    });

    // The table of contents starts open at the side of a wide page, and closed above a narrow one's
    // text.
    var contents = document.querySelector(".side-contents details");
    var wide = window.matchMedia("(min-width: 72rem)");
    function fit() { if (contents) contents.open = wide.matches; }
    fit();
    wide.addEventListener("change", fit);
    if (!contents || !("IntersectionObserver" in window)) return;

    // Marks the section that is being read.
    var links = {};
    contents.querySelectorAll("a[href^='#']").forEach(function (link) {
      links[decodeURIComponent(link.hash.slice(1))] = link;
    });
    var headings = Array.prototype.filter.call(
      document.querySelectorAll(".prose :is(h1, h2, h3, h4, h5, h6)[id]"),
      function (heading) { return links[heading.id]; });
    var current = null;
    function mark() {
      var found = null;
      for (var i = 0; i < headings.length; i++) {
        if (headings[i].getBoundingClientRect().top > 120) break;
        found = headings[i];
      }
      var link = found && links[found.id];
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      if (link) link.setAttribute("aria-current", "true");
      current = link;
    }
    var waiting = false;
    window.addEventListener("scroll", function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; mark(); });
    }, { passive: true });
    mark();
  });
})();
