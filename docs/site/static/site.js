// A button at every block of code that copies it.
for (const block of document.querySelectorAll("div.highlight")) {
  const code = block.querySelector("pre");
  // A block that scrolls is reached by the keyboard, too.
  code.tabIndex = 0;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent.trimEnd());
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  block.append(button);
}

// So is a table that scrolls.
function reachTables() {
  for (const table of document.querySelectorAll(".table-wrapper")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
}
reachTables();
addEventListener("resize", reachTables);
