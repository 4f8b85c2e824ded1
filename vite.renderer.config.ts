// `vite build --config vite.renderer.config.ts`: the renderer alone, which is all that the Chromium shell needs.
import { defineConfig } from 'vite';
import { rendererConfig } from './build/vite-renderer.ts';

export default defineConfig(rendererConfig(import.meta.dirname));
