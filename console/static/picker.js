// Helps to write a commune's name: a list below the field, by arrows, Enter, Escape or a press.
// The field works without it: what is typed is understood by the server all the same.
(function () {
  "use strict";
  if (!window.fetch || !Element.prototype.closest) return;
  var box = null; // the list of the field being written in
  var field = null;
  var active = -1;
  var timer = 0;
  var asked = 0;

  function options() {
    return box ? box.list.children : [];
  }

  function make(input) {
    var list = document.createElement("ul");
    list.className = "picker";
    list.id = input.id + "-picker";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Xã, phường");
    list.hidden = true;
    var told = document.createElement("p");
    told.className = "picker-told";
    told.setAttribute("role", "status");
    input.insertAdjacentElement("afterend", told);
    input.insertAdjacentElement("afterend", list);
    input.setAttribute("autocomplete", "off");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    if (input.tagName === "INPUT") {
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-expanded", "false");
    } else input.setAttribute("aria-haspopup", "listbox");
    return { list: list, told: told };
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    active = -1;
    if (!box) return;
    box.list.hidden = true;
    box.list.textContent = "";
    box.told.textContent = "";
    field.removeAttribute("aria-activedescendant");
    if (field.tagName === "INPUT") field.setAttribute("aria-expanded", "false");
  }

  // Of several lines, the one that is being written.
  function line() {
    if (field.dataset.fill !== "line") return { from: 0, to: field.value.length };
    var from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    var to = field.value.indexOf("\n", field.selectionStart);
    return { from: from, to: to < 0 ? field.value.length : to };
  }

  function ask() {
    var at = line();
    var typed = field.value.slice(at.from, at.to).trim();
    if (typed.length < 2 || typed.length > 80) return close();
    var number = ++asked;
    var url = field.dataset.picker + "?ten=" + encodeURIComponent(typed);
    if (field.dataset.province) url += "&tinh=" + field.dataset.province;
    fetch(url, { credentials: "omit" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { if (number === asked) show(html); })
      .catch(function () {});
  }

  function show(html) {
    var page = new DOMParser().parseFromString("<ul>" + html + "</ul>", "text/html");
    var found = page.querySelectorAll("li[role=option]");
    if (!found.length) return close();
    active = -1;
    field.removeAttribute("aria-activedescendant");
    box.list.textContent = "";
    found.forEach(function (option, i) {
      option.id = box.list.id + "-" + i;
      option.setAttribute("aria-selected", "false");
      box.list.append(option);
    });
    box.list.hidden = false;
    box.told.textContent = found.length + " nơi. Bấm một nơi, hoặc dùng phím mũi tên rồi Enter.";
    if (field.tagName === "INPUT") field.setAttribute("aria-expanded", "true");
  }

  function move(step) {
    var all = options();
    if (active >= 0) all[active].setAttribute("aria-selected", "false");
    active = (active + step + all.length + (active < 0 && step < 0 ? 1 : 0)) % all.length;
    all[active].setAttribute("aria-selected", "true");
    all[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", all[active].id);
  }

  function choose(option) {
    var at = line();
    var text = option.dataset.value;
    if (field.dataset.fill === "line") text = option.dataset.code + " " + text + "\n";
    var after = field.value.slice(at.to).replace(/^\n/, "");
    field.value = field.value.slice(0, at.from) + text + (field.dataset.fill === "line" ? after : "");
    field.selectionStart = field.selectionEnd = at.from + text.length;
    close();
    field.focus();
  }

  document.addEventListener("input", function (event) {
    var input = event.target;
    if (!input.dataset || !input.dataset.picker || event.isComposing) return;
    if (field !== input) {
      close();
      field = input;
      box = make(input);
    }
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
  // Before the page's own keys: Enter takes what is marked instead of sending, Escape shuts the list.
  document.addEventListener("keydown", function (event) {
    if (event.target !== field || !box || box.list.hidden || event.isComposing) return;
    var key = event.key;
    if (key === "ArrowDown") move(1);
    else if (key === "ArrowUp") move(-1);
    else if (key === "Escape") close();
    else if (key === "Enter" && active >= 0) choose(options()[active]);
    else {
      if (key === "Enter" || key === "Tab") close();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("mousedown", function (event) {
    var option = box && event.target.closest && event.target.closest("[role=option]");
    if (option && box.list.contains(option)) event.preventDefault(); // the field keeps the focus
  });
  document.addEventListener("click", function (event) {
    if (!box || !event.target.closest) return;
    var option = event.target.closest("[role=option]");
    if (option && box.list.contains(option)) choose(option);
    else if (event.target !== field) close();
  });
})();
