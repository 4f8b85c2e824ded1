import QRCode from 'qrcode';
import { html, Html } from './html.ts';

/**
 * A QR as SVG, which stays sharp at any size. Up to 1,000 characters for the signed request: correction L keeps its squares big
 * enough for a camera.
 */
export async function qrImage(text: string, label: string, kind: 'online' | 'offline' = 'online'): Promise<Html> {
  const svg = await QRCode.toString(text, { type: 'svg', margin: 4, errorCorrectionLevel: kind === 'online' ? 'M' : 'L' });
  return html`<div class="qr ${kind}" role="img" aria-label="${label}">${new Html(svg.replace('<svg ', '<svg aria-hidden="true" '))}</div>`;
}
