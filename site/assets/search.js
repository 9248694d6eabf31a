// Searches titles, tags, headings and summaries. All words must be found; parts of words match, so
// that languages without spaces between words can be searched too.
(function () {
  "use strict";
  var form = document.querySelector("form.search");
  var list = document.querySelector(".found");
  if (!form || !list || !window.sitegenPages) return;
  var input = form.elements.q;
  var weights = [0, 8, 4, 2, 1, 0];
  var pages = window.sitegenPages.map(function (page) {
    return { fields: page, folded: page.map(function (field) { return field.normalize("NFKC").toLowerCase(); }) };
  });

  function score(page, words) {
    var total = 0;
    for (var i = 0; i < words.length; i++) {
      var best = 0;
      for (var field = 1; field < 5; field++) {
        if (page.folded[field].indexOf(words[i]) >= 0) best = Math.max(best, weights[field]);
      }
      if (!best) return 0;
      total += best;
    }
    return total;
  }

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function show() {
    var query = input.value.normalize("NFKC").toLowerCase().trim();
    var words = query.split(/\s+/).filter(Boolean);
    list.textContent = "";
    history.replaceState(null, "", query ? "?q=" + encodeURIComponent(input.value.trim()) : location.pathname);
    if (!words.length) return;
    var found = pages
      .map(function (page, index) { return { page: page, index: index, score: score(page, words) }; })
      .filter(function (hit) { return hit.score > 0; })
      .sort(function (a, b) { return b.score - a.score || a.index - b.index; })
      .slice(0, 50);
    found.forEach(function (hit) {
      var fields = hit.page.fields;
      var item = element("li");
      var link = element("a", fields[1]);
      link.href = form.dataset.root + fields[0];
      item.append(link);
      if (fields[5]) item.append(element("time", fields[5]));
      if (fields[4]) item.append(element("p", fields[4]));
      list.append(item);
    });
    if (!found.length) list.append(element("li", form.dataset.none));
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); show(); });
  input.addEventListener("input", show);
  input.value = new URLSearchParams(location.search).get("q") || "";
  show();
  input.focus();
})();
