// "Copy citation": a button beside every [data-copy], where the browser lets a page write to the clipboard.

/** Adds the buttons; what is copied is the text of the element, the button's words are in data-copy and data-copied. */
export function offerCopies(root: ParentNode = document): void {
  if (!navigator.clipboard) return;
  for (const cited of root.querySelectorAll<HTMLElement>("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain copy";
    button.textContent = cited.dataset["copy"] ?? "";
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(cited.textContent ?? "").then(() => {
        button.textContent = cited.dataset["copied"] ?? button.textContent;
      });
    });
    cited.after(" ", button);
  }
}
