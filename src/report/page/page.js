(function () {
  "use strict";
  // The value under the pointer: what a chart's parts tell in their titles, beside the pointer at once.
  var tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  document.body.appendChild(tip);
  function follow(event) {
    var left = Math.min(event.clientX + 16, window.innerWidth - tip.offsetWidth - 8);
    var above = event.clientY - tip.offsetHeight - 14;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (above > 8 ? above : event.clientY + 22) + "px";
  }
  document.querySelectorAll(".hints rect").forEach(function (part) {
    var title = part.querySelector("title");
    var told = title.textContent;
    part.removeChild(title);
    part.addEventListener("pointerenter", function (event) {
      tip.textContent = told;
      tip.hidden = false;
      follow(event);
    });
    part.addEventListener("pointermove", follow);
    part.addEventListener("pointerleave", function () { tip.hidden = true; });
  });
  // Plans that are shown.
  document.querySelectorAll(".toggles").forEach(function (boxes) {
    boxes.hidden = false;
    boxes.addEventListener("change", function (event) {
      var plan = event.target.getAttribute("data-shows");
      document.querySelectorAll('[data-plan="' + plan + '"]').forEach(function (part) {
        part.classList.toggle("hidden", !event.target.checked);
      });
    });
  });
  // The scenario's text is printed with the page.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.filter.call(document.querySelectorAll("details"), function (part) { return !part.open; });
    opened.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () { opened.forEach(function (part) { part.open = false; }); });
})();
