"use strict";
// Shows the articles and counts what is in the cart; the cart lives as long as the page.
const cart = new Map();

function put(id) {
  cart.set(id, (cart.get(id) ?? 0) + 1);
  document.title = `The example shop (${[...cart.values()].reduce((a, b) => a + b)})`;
}

for (const { id, name, price, stock } of window.CATALOGUE) {
  const entry = document.createElement("li");
  entry.textContent = `${name}: ${(price / 100).toFixed(2)} €`;
  if (stock > 0) entry.addEventListener("click", () => put(id));
  document.getElementById("articles").append(entry);
}
