// Shows buttons that copy a block of code to the clipboard. Without this script they stay hidden.
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  document.querySelectorAll("figure.code > .copy").forEach(function (button) {
    var label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      var code = button.parentElement.querySelector("pre code");
      navigator.clipboard.writeText(code.innerText).then(function () {
        button.textContent = "\u2713";
        button.classList.add("done");
        setTimeout(function () {
          button.textContent = label;
          button.classList.remove("done");
        }, 1500);
      });
    });
  });
})();
