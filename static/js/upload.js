// Shows how far an upload is. Without this script the form is sent as any other.
"use strict";

{
  const SECONDS_BETWEEN_WORDS = 15; // for who hears them: more would never let one listen to anything else
  const form = document.getElementById("upload");
  const sending = document.getElementById("sending");
  const bar = document.getElementById("sent");
  const words = document.getElementById("told");
  const heard = document.getElementById("heard");
  let request = null;

  const size = (bytes) => (bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`);

  const complain = (...nodes) => {
    form.hidden = false;
    sending.hidden = true;
    request = null;
    const trouble = document.getElementById("trouble");
    trouble.replaceChildren(...nodes);
    trouble.scrollIntoView({ block: "nearest" });
  };

  const say = (text) => {
    const note = document.createElement("p");
    note.className = "errornote";
    note.textContent = text;
    complain(note);
  };

  // Why the files cannot be sent at all, "" where they can: the server would say so only after it had them.
  const refusal = (files) => {
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (files.length > Number(form.dataset.files)) {
      return `These are more than ${form.dataset.files} files. Pack them into one archive, and upload that.`;
    }
    if (bytes > Number(form.dataset.bytes)) {
      return `These files are ${size(bytes)} together, and an upload may have ${size(Number(form.dataset.bytes))}.`;
    }
    return "";
  };

  const finished = () => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const troubles = [...page.querySelectorAll("#trouble .errornote, #upload .errorlist")];
    if (request.status === 200 && !page.getElementById("upload")) {
      window.location.assign(request.responseURL);
    } else if (troubles.length) {
      complain(...troubles);
    } else {
      say(`The server answered with an error (${request.status}). Nothing was kept.`);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const refused = refusal([...form.elements.cable_files.files]);
    if (refused) {
      say(refused);
      return;
    }
    request = new XMLHttpRequest();
    const begun = Date.now();
    let told = 0;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.max = total;
      bar.value = loaded;
      const now = Date.now();
      const minutes = Math.round((((now - begun) / loaded) * (total - loaded)) / 60000);
      const left = minutes >= 1 ? `, about ${minutes} minute${minutes > 1 ? "s" : ""} left` : "";
      words.textContent =
        loaded < total ? `${size(loaded)} of ${size(total)}${left}.` : "Uploaded; the server takes it in.";
      if (loaded === total || now - told > SECONDS_BETWEEN_WORDS * 1000) {
        heard.textContent = words.textContent;
        told = now;
      }
    });
    request.addEventListener("load", finished);
    request.addEventListener("error", () => say("The connection broke off. Nothing was kept: upload the files again."));
    request.addEventListener("abort", () => say("Stopped. Nothing was kept."));
    request.open("POST", form.action);
    request.send(new FormData(form));
    form.hidden = true;
    sending.hidden = false;
    words.textContent = heard.textContent = "The upload begins.";
    document.getElementById("stop").focus();
  });

  document.getElementById("stop").addEventListener("click", () => request.abort());

  // Leaving the page would break the upload off.
  window.addEventListener("beforeunload", (event) => {
    if (request && request.readyState !== XMLHttpRequest.DONE) {
      event.preventDefault();
    }
  });
}
