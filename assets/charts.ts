import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  DoughnutController,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { ChartSpec } from '../src/contracts/chart';
import { chartConfiguration, detailOf } from './chart-options';

Chart.register(DoughnutController, ArcElement, BarController, BarElement, LineController, LineElement, PointElement);
Chart.register(LinearScale, CategoryScale, Filler, Legend, Tooltip);

/** A frame that is not shown has no width: the chart is made for this one then. */
const USUAL_WIDTH = 480;
const drawn = new WeakMap<HTMLCanvasElement, string>();

function draw(canvas: HTMLCanvasElement): void {
  const text = canvas.dataset['chart'];
  if (text === undefined) return;
  const spec = JSON.parse(text) as ChartSpec;
  const width = canvas.parentElement?.clientWidth || USUAL_WIDTH;
  const state = `${detailOf(spec, width)} ${text}`;
  if (drawn.get(canvas) === state) return;
  drawn.set(canvas, state);
  const { type, data, options } = chartConfiguration(spec, width);
  const chart = Chart.getChart(canvas);
  if (!chart) {
    new Chart<typeof type, unknown>(canvas, { type, data, options });
    return;
  }
  chart.data = data;
  if (options) chart.options = options;
  chart.update('none');
}

/** Draws each `canvas[data-chart]`; again called, it updates in place those whose data changed. */
export function drawCharts(root: ParentNode): void {
  const { fontFamily, color } = getComputedStyle(document.body);
  Chart.defaults.font.family = fontFamily;
  Chart.defaults.font.size = 11;
  Chart.defaults.color = color;
  for (const canvas of root.querySelectorAll<HTMLCanvasElement>('canvas[data-chart]')) draw(canvas);
}

/** Charts whose detail goes by their width follow the window's. */
export function redrawCharts(): void {
  let asked = 0;
  window.addEventListener('resize', () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => drawCharts(document.body));
  });
}

/** Buttons that put a chart's table in its place, and back. */
export function switchTables(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-shows-table]') : null;
    if (!button) return;
    const showsTable = button.getAttribute('aria-expanded') !== 'true';
    const id = button.dataset['showsTable'] ?? '';
    button.setAttribute('aria-expanded', String(showsTable));
    document.getElementById(`${id}-table`)?.toggleAttribute('hidden', !showsTable);
    document.getElementById(`${id}-chart`)?.toggleAttribute('hidden', showsTable);
  });
}
