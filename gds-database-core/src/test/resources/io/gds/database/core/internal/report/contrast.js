// Returns every visible text whose contrast with what is painted behind it is under 4.5, and how many were looked at.
// Colours are painted on a canvas and read back, so that every notation and every transparency is understood.
(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (layers) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const c of layers) { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const f = (v) => ((v /= 255) <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const backgrounds = (el) => {
    const out = [];
    for (let e = el; e; e = e.parentElement) {
      const svgText = e instanceof SVGTextElement;
      const bar = svgText && e.parentElement.matches(".bar") && e.parentElement.querySelector("rect");
      if (bar) return [getComputedStyle(bar).fill];
      out.unshift(getComputedStyle(e).backgroundColor);
    }
    return ["#fff", ...out];
  };
  const bad = [];
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const el = walker.currentNode.parentElement;
    if (!text || el.closest("title, desc, style, thead") || !el.getClientRects().length) continue;
    const style = getComputedStyle(el);
    const behind = backgrounds(el);
    const front = over([...behind, el instanceof SVGElement ? style.fill : style.color]);
    const c = contrast(front, over(behind));
    seen++;
    if (c < 4.5) bad.push(c.toFixed(2) + " " + (el.className.baseVal ?? el.className) + " " + text.slice(0, 40));
  }
  return { seen, bad };
})()
