// Filters over the list of differences; without it the whole list is there.
(() => {
  const form = document.querySelector("[data-conflict-filters]");
  const items = [...document.querySelectorAll("[data-conflicts] > li")];
  if (!form) return;
  const said = form.querySelector("output");
  const names = ["kind", "topic", "document", "state"];
  const apply = () => {
    let shown = 0;
    for (const item of items) {
      const fits = names.every((name) => {
        const wanted = form.elements[name].value;
        return !wanted || item.dataset[name].split(" ").includes(wanted);
      });
      item.hidden = !fits;
      if (fits) shown += 1;
    }
    said.textContent = said.dataset.said.replace("{count}", shown).replace("{all}", items.length);
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
