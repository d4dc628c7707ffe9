/** Draws the stations as dots, larger the more of a quantity they measured last. */

type Quantity = "temperature" | "wind";

interface Station {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly last: Readonly<Record<Quantity, number>>;
}

const units: Record<Quantity, string> = { temperature: "°C", wind: "m/s" };

function scale(values: readonly number[], smallest: number, largest: number): (value: number) => number {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  return (value) => smallest + ((value - low) / span) * (largest - smallest);
}

export function draw(map: SVGSVGElement, stations: readonly Station[], quantity: Quantity): void {
  const radius = scale(stations.map((station) => station.last[quantity]), 3, 12);
  map.replaceChildren(
    ...stations.map((station) => {
      const group = document.createElementNS(map.namespaceURI, "g") as SVGGElement;
      group.classList.add("station");
      group.setAttribute("transform", `translate(${station.x} ${station.y})`);
      group.innerHTML = `
        <circle r="${radius(station.last[quantity]).toFixed(1)}"></circle>
        <text x="14" y="3">${station.name} ${station.last[quantity]} ${units[quantity]}</text>`;
      return group;
    }),
  );
}

async function main(): Promise<void> {
  const map = document.querySelector<SVGSVGElement>("#map");
  const choice = document.querySelector<HTMLSelectElement>("#quantity");
  if (!map || !choice) throw new Error("The page has no map.");
  const response = await fetch("stations.json");
  if (!response.ok) throw new Error(`No stations: ${response.status}`);
  const stations: Station[] = await response.json();
  const redraw = () => draw(map, stations, choice.value as Quantity);
  choice.addEventListener("change", redraw);
  redraw();
}

main().catch((error: unknown) => {
  document.body.append(String(error));
});
