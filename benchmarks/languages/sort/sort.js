// Sort n numbers from a shared generator with a bottom-up merge sort; print a checksum of the sorted order.
"use strict";

const MODULUS = 2147483647;
const MULTIPLIER = 48271;

// n numbers of the generator x <- 48271 x mod (2^31 - 1), started at 42; the product stays below 2^53.
function generate(n) {
  const numbers = new Int32Array(n);
  let x = 42;
  for (let i = 0; i < n; i++) {
    x = (MULTIPLIER * x) % MODULUS;
    numbers[i] = x;
  }
  return numbers;
}

// Merge the sorted runs [low, middle) and [middle, high) of source into target.
function merge(source, target, low, middle, high) {
  let left = low;
  let right = middle;
  for (let place = low; place < high; place++) {
    if (left < middle && (right >= high || source[left] <= source[right])) {
      target[place] = source[left++];
    } else {
      target[place] = source[right++];
    }
  }
}

// Merge runs of 1, 2, 4, ... numbers between two arrays; return the one that holds the result.
function sort(numbers) {
  const n = numbers.length;
  let source = numbers;
  let target = new Int32Array(n);
  for (let width = 1; width < n; width *= 2) {
    for (let low = 0; low < n; low += 2 * width) {
      merge(source, target, low, Math.min(low + width, n), Math.min(low + 2 * width, n));
    }
    [source, target] = [target, source];
  }
  return source;
}

const n = Number.parseInt(process.argv[2], 10);
const numbers = sort(generate(n));
let checksum = 0;
for (const number of numbers) {
  checksum = (checksum * 31 + number) % MODULUS;
}
console.log(
  `n=${n} first=${numbers[0]} middle=${numbers[n >> 1]} last=${numbers[n - 1]} checksum=${checksum}`,
);
