// The order pad by keyboard: arrows and Enter go from cell to cell. Without this script Tab does.
const cells = (row) => [...row.children].map((cell) => cell.querySelector("input.q"));

function move(input, down, across) {
  const row = input.closest("tr");
  const rows = [...row.parentElement.rows];
  const at = cells(row).indexOf(input);
  if (across) {
    const line = cells(row).filter(Boolean);
    return line[line.indexOf(input) + across];
  }
  for (let n = rows.indexOf(row) + down; n >= 0 && n < rows.length; n += down) {
    const found = cells(rows[n])[at];
    if (found) return found;
  }
}

document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("table[data-grid] input.q")) return;
  const steps = { ArrowDown: [1, 0], Enter: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  const step = steps[event.key];
  const atEdge = event.key === "ArrowLeft" ? input.selectionStart === 0 : input.selectionEnd === input.value.length;
  if (!step || event.ctrlKey || event.metaKey || event.altKey || (step[1] && !atEdge)) return;
  const next = move(input, ...step);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
});

// What was typed is not lost by leaving: the page asks first.
const form = document.querySelector("#pad-form");
let changed = false;
form?.addEventListener("input", () => { changed = true; });
form?.addEventListener("submit", () => { changed = false; });
addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
