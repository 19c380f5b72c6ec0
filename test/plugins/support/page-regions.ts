const regions = ['who', 'menu', 'tree', 'main', 'main-frame', 'detail-tabs', 'detail', 'detail-frame', 'notices'];

/** An empty page with the regions that webadmin's has. */
export function addRegions(): void {
  document.body.innerHTML = regions.map((id) => `<div id="${id}"></div>`).join('');
}
