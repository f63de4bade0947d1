/* Filters with links that can be kept, and what a cell was understood to be. No request is made. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };

  function remember(form) {
    var kept = new URLSearchParams();
    all("[name]", form).forEach(function (field) { if (field.value) kept.set(field.name, field.value); });
    var asked = kept.toString();
    try { history.replaceState(null, "", location.pathname + (asked ? "?" + asked : "") + location.hash); } catch (refused) { /* some browsers, for files */ }
    return asked !== "";
  }

  all("form[data-filters]").forEach(function (form) {
    var items = all("[data-item]");
    var words = null;
    var fields = all("[name]", form);
    var shown = form.querySelector("[data-shown]");
    var clear = form.querySelector("button[type=reset]");
    var none = document.querySelector("[data-none]");
    var asked = new URLSearchParams(location.search);

    function search(wanted) {
      if (!wanted) return null;
      words = words || items.map(function (item) { return (item.textContent + " " + (item.dataset.measure || "")).toLowerCase(); });
      return wanted.toLowerCase().split(/\s+/).filter(Boolean);
    }
    function fits(item, index, given, looked) {
      for (var name in given) {
        var held = item.dataset[name] || "";
        if (name === "measure" ? held.toLowerCase().indexOf(given[name].toLowerCase()) < 0 : name === "state" ? held.split(" ").indexOf(given[name]) < 0 : held !== given[name]) return false;
      }
      return !looked || looked.every(function (word) { return words[index].indexOf(word) >= 0; });
    }
    function apply() {
      var given = {}, looked = null, count = 0;
      fields.forEach(function (field) {
        if (field.name === "q") looked = search(field.value);
        else if (field.value) given[field.name] = field.value;
      });
      items.forEach(function (item, index) {
        var yes = fits(item, index, given, looked);
        item.hidden = !yes;
        count += yes ? 1 : 0;
      });
      var filtered = remember(form);
      all("[data-group]").forEach(function (group) {
        var left = all("[data-item]", group).filter(function (item) { return !item.hidden; }).length;
        group.hidden = left === 0;
        if (filtered) group.open = true;
      });
      shown.textContent = filtered ? count.toLocaleString("en-GB") + " of " + items.length.toLocaleString("en-GB") + " shown" : items.length.toLocaleString("en-GB") + " shown";
      clear.hidden = !filtered;
      if (none) none.hidden = count > 0 || items.length === 0;
    }
    fields.forEach(function (field) {
      var value = asked.get(field.name);
      if (value !== null) field.value = value;
      field.addEventListener(field.tagName === "SELECT" ? "change" : "input", apply);
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(apply, 0); });
    apply();
  });

  all("form[data-choose]").forEach(function (form) {
    var select = form.querySelector("select");
    function apply() {
      all("[data-choice]").forEach(function (section) { section.hidden = select.value !== "" && section.dataset.choice !== select.value; });
      remember(form);
    }
    select.value = new URLSearchParams(location.search).get(select.name) || "";
    if (select.selectedIndex < 0) select.value = "";
    select.addEventListener("change", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  });

  /* The newest periods stand on the right; where a table is wider than the screen, it starts there. */
  all(".wide.latest").forEach(function (box) { box.scrollLeft = box.scrollWidth; });

  /* On a narrow screen the picture scrolls; it starts where the cell is. */
  all(".crops").forEach(function (box) {
    var outline = box.querySelector(".outline");
    if (box.scrollWidth > box.clientWidth) box.scrollLeft = outline.offsetLeft + outline.offsetWidth / 2 - box.clientWidth / 2;
  });

  /* On paper nothing can be unfolded: groups are open, and the rows of what has to be fixed. */
  var opened = [];
  addEventListener("beforeprint", function () {
    opened = all("[data-group], article:not(.note) details.row, main > details.row:not(.onscreen), .rest").filter(function (part) { return !part.open && !part.closest("[hidden]"); });
    opened.forEach(function (row) { row.open = true; });
  });
  addEventListener("afterprint", function () { opened.forEach(function (row) { row.open = false; }); });

  var panel = document.getElementById("panel");
  if (panel) {
    var tell = function (event) {
      var cell = event.target.closest("[data-cells] [id]");
      if (!cell) { panel.hidden = true; return; }
      var row = document.getElementById("r" + cell.id.slice(1));
      var kind = ["value", "heading", "furniture", "finding"].filter(function (name) { return cell.classList.contains(name); })[0];
      var place = row ? row.cells[0].textContent : cell.dataset.place;
      var meaning = row ? Array.prototype.map.call(row.cells[3].childNodes, function (part) { return part.textContent.trim(); }).filter(Boolean).join("; ") : cell.dataset.meaning;
      var printed = row ? row.cells[1] : cell.cloneNode(true);
      if (!row) all(".mark", printed).forEach(function (mark) { meaning += "; " + mark.lastChild.textContent; mark.remove(); });
      var text = printed.textContent.trim();
      panel.textContent = "";
      [["strong", place], ["span", { value: "Value", heading: "Heading", furniture: "Page furniture", finding: "Finding" }[kind] + (meaning ? ": " + meaning : "")],
        ["q", text.length > 240 ? text.slice(0, 240) + "…" : text]].forEach(function (pair) {
        var part = document.createElement(pair[0]);
        part.textContent = pair[1];
        panel.appendChild(part);
      });
      panel.hidden = false;
    };
    /* A page that scrolls under a mouse at rest tells of nothing: the keyboard may be elsewhere. */
    var at = "";
    document.addEventListener("mouseover", function (event) {
      var now = event.screenX + "," + event.screenY;
      if (now !== at) tell(event);
      at = now;
    });
    document.addEventListener("focusin", tell);
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") panel.hidden = true; });
  }

  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (var up = target.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    target.hidden = false;
    target.scrollIntoView({ block: target.matches("h2, h3, section") ? "start" : "center" });
    if (target.matches("article, [data-cells] *")) target.focus({ preventScroll: true });
  }
  addEventListener("hashchange", reveal);
  reveal();
})();
