// The page works without this file. With it: no flash between pages, what was typed survives a
// broken connection, Enter sends, the code is copied, the place is sent when asked to, Esc twice leaves.
(function () {
  "use strict";
  var exit = document.getElementById("exit");
  var offline = document.getElementById("offline");
  var pressed = 0;
  var leaving = false;
  var busy = false;

  function leave() {
    leaving = true;
    document.body.textContent = "";
    location.replace(exit.href);
  }

  function field() {
    return document.getElementById("text");
  }

  function settle() {
    document.querySelectorAll(".copy").forEach(function (button) {
      button.hidden = false;
    });
    var here = document.getElementById("here");
    if (here && navigator.geolocation && window.isSecureContext) here.hidden = false;
  }

  // Asked for by a press and at no other time; the numbers are sent once and kept nowhere.
  function sendPlace(button) {
    var form = button.form;
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(function (found) {
      var at = found.coords;
      form.elements.at.value = [at.latitude.toFixed(5), at.longitude.toFixed(5),
        Math.min(9999999, Math.ceil(at.accuracy))].join(",");
      form.requestSubmit ? form.requestSubmit() : form.submit();
    }, function () {
      button.disabled = false;
      button.textContent = button.dataset.failed;
    }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  }

  function copyCode(button) {
    var range = document.createRange();
    range.selectNodeContents(button.previousElementSibling);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    if (document.execCommand("copy")) button.textContent = button.dataset.done;
  }

  function show(html, status, writing, sent) {
    var page = new DOMParser().parseFromString(html, "text/html").getElementById("page");
    if (!page) throw new Error("not our page");
    var typed = field() ? field().value : "";
    // On a slow network people write on while the answer is on its way: that is not lost.
    var since = typed !== sent;
    writing = writing || since;
    document.getElementById("page").replaceWith(page);
    if ((status === 413 || since) && field()) field().value = typed;
    settle();
    var last = document.getElementById("cuoi");
    if (last) {
      last.scrollIntoView();
      (writing && field() || last).focus({ preventScroll: true });
    } else scrollTo(0, 0);
  }

  // As it was taken, it takes minutes on a slow network.
  function smaller(file) {
    if (!window.createImageBitmap || file.size < 4e5) return file;
    return createImageBitmap(file).then(function (image) {
      var scale = Math.min(1, 2048 / Math.max(image.width, image.height));
      var canvas = document.createElement("canvas");
      canvas.width = image.width * scale;
      canvas.height = image.height * scale;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) {
        canvas.toBlob(function (blob) { done(blob || file); }, "image/jpeg", 0.85);
      });
    }).catch(function () { return file; });
  }

  function filled(form, button) {
    var fields = new FormData(form);
    if (button && button.name) fields.append(button.name, button.value);
    var chosen = fields.getAll("photo").filter(function (file) { return file.size; });
    fields.delete("photo");
    return Promise.all(chosen.map(smaller)).then(function (files) {
      files.forEach(function (file) { fields.append("photo", file, "p"); });
      return files.length ? fields : new URLSearchParams(fields);
    });
  }

  function send(form, button) {
    var writing = document.activeElement === field();
    var sent = field() ? field().value : "";
    busy = true;
    offline.hidden = true;
    form.setAttribute("aria-busy", "true");
    filled(form, button)
      .then(function (body) {
        return fetch("/", { method: "POST", body: body, credentials: "omit" });
      })
      .then(function (answer) {
        return answer.text().then(function (html) {
          show(html, answer.status, writing, sent);
        });
      })
      .catch(function () {
        offline.hidden = false;
        offline.scrollIntoView();
      })
      .then(function () {
        busy = false;
        form.removeAttribute("aria-busy");
      });
  }

  settle();
  exit.addEventListener("click", function (event) {
    event.preventDefault();
    leave();
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='tel:'], .copy, #here");
    if (!link) return;
    if (link.id === "here") return sendPlace(link);
    if (link.className === "copy") return copyCode(link);
    // Dialling must not be held up by the question below.
    leaving = true;
    setTimeout(function () { leaving = false; }, 3000);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      if (event.timeStamp - pressed < 1000) leave();
      pressed = event.timeStamp;
    }
    // Not while an input method composes, and not on a phone, where Enter is the only way to a new line.
    if (event.key === "Enter" && event.target === field() && !event.shiftKey && !event.isComposing &&
        matchMedia("(pointer: fine)").matches) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector(".send"));
    }
  });
  if (!window.fetch || !window.URLSearchParams || !window.SubmitEvent) return;
  document.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.name === "size") { // a cookie: the browser's own work
      leaving = true;
      return;
    }
    event.preventDefault();
    if (!busy) send(event.target, event.submitter);
  });
  // Reloading a page shown by this script would start a new conversation.
  addEventListener("beforeunload", function (event) {
    if (leaving || !document.getElementById("cuoi")) return;
    event.preventDefault();
    event.returnValue = "";
  });
})();
