import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useAppState } from '../../api/app-state.ts';
import { BridgeError, invoke } from '../../api/bridge.ts';
import { invalidate } from '../../api/queries.ts';
import { chooseCode } from './choose-code.ts';
import { failed, type ScanState, type ScreenPicture, start, textsOf } from './flow.ts';
import type { CameraProblem } from './reader/camera-problem.ts';
import type { Box, FoundCode } from './reader/qr-reader.ts';

/** Where a code led; the screen around says what follows. */
export interface ScanTargets {
  /** The request is the first of the queue, with its number filled in. */
  readonly onApproval: () => void;
  /** An invitation; false: this window has no place for one. */
  readonly onInvitation: (text: string) => boolean;
}

/** Longest text that main looks at. */
const longestText = 8192;
/** A picture larger than this is none that a person drops to be read. */
const largestPicture = 40_000_000;
const reader = () => import('./reader/qr-reader.ts');

export function useScan({ onApproval, onInvitation }: ScanTargets) {
  const client = useQueryClient();
  const accounts = useAppState()?.accounts ?? [];
  const online = accounts.length === 0 || accounts.some(({ connection }) => connection !== 'offline');
  const [state, setState] = useState<ScanState>(start);
  const pictures = useRef<readonly ScreenPicture[]>([]);
  const forget = useCallback(() => {
    for (const { address, bitmap } of pictures.current) {
      URL.revokeObjectURL(address);
      bitmap.close();
    }
    pictures.current = [];
  }, []);
  // Pictures of the screen hold whatever stood there: they are gone as soon as they served.
  useEffect(() => forget, [forget]);
  useEffect(() => {
    if (state.step !== 'pictures') forget();
  }, [state.step, forget]);

  const open = useCallback(async (text: string) => {
    setState({ step: 'opening' });
    try {
      if (text.trim().length > longestText) throw new BridgeError('QR_REFUSED', {});
      const scanned = await invoke('scan.open', { text: text.trim() });
      if (scanned.kind === 'offline') return setState({ step: 'offline', approval: scanned.approval });
      if (scanned.kind === 'invitation') return setState(onInvitation(scanned.text) ? start : failed({ kind: 'invitation-elsewhere' }));
      await invalidate(client, 'approvals');
      setState(start);
      onApproval();
    } catch (error) {
      setState(failed({ kind: 'error', error: error as BridgeError }));
    }
  }, [client, onApproval, onInvitation]);

  /** Goes on with what was found; `none` says what is shown when nothing was. */
  const take = useCallback((codes: readonly FoundCode[], none: ScanState) => {
    const choice = chooseCode(textsOf(codes), online);
    switch (choice.kind) {
      case 'none': return setState(none);
      case 'foreign': return setState(failed({ kind: 'error', error: new BridgeError('QR_REFUSED', {}) }));
      case 'several': return setState({ step: 'several', codes: choice.codes });
      case 'one': return void open(choice.text);
      default: return choice satisfies never;
    }
  }, [online, open]);

  const readImage = useCallback(async (picture: Blob) => {
    setState({ step: 'looking', way: 'image' });
    try {
      if (picture.size > largestPicture) throw new TypeError('too large');
      const bitmap = await createImageBitmap(picture);
      const { readCodesClosely } = await reader();
      const codes = await readCodesClosely(bitmap);
      bitmap.close();
      take(codes, failed({ kind: 'nothing', way: 'image' }));
    } catch {
      setState(failed({ kind: 'not-a-picture' }));
    }
  }, [take]);

  const readScreens = useCallback(async () => {
    setState({ step: 'looking', way: 'screen' });
    try {
      const captured = await invoke('scan.captureScreens');
      const { readCodesClosely } = await reader();
      const found: ScreenPicture[] = [];
      const codes: FoundCode[] = [];
      for (const { name, png } of captured) {
        const blob = pngBlob(png);
        const bitmap = await createImageBitmap(blob);
        found.push({ name, bitmap, address: URL.createObjectURL(blob) });
        codes.push(...await readCodesClosely(bitmap));
      }
      pictures.current = found;
      take(codes, found.length === 0 ? failed({ kind: 'nothing', way: 'screen' }) : { step: 'pictures', pictures: found, again: false });
    } catch (error) {
      setState(failed({ kind: 'error', error: error instanceof BridgeError ? error : new BridgeError('SCREEN_CAPTURE_REFUSED', {}) }));
    }
  }, [take]);

  const readMarked = useCallback(async (picture: ScreenPicture, box: Box) => {
    const { readRegion } = await reader();
    take(await readRegion(picture.bitmap, box), { step: 'pictures', pictures: pictures.current, again: true });
  }, [take]);

  const readText = useCallback((text: string) => void (text.trim() === '' ? setState(failed({ kind: 'clipboard-empty' })) : open(text)), [open]);
  const readData = useCallback((data: DataTransfer | null) => {
    const picture = [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (picture !== undefined) void readImage(picture);
    else if ((data?.files.length ?? 0) > 0) setState(failed({ kind: 'not-a-picture' }));
    else readText(data?.getData('text/uri-list').split('\n')[0] || data?.getData('text/plain') || '');
  }, [readImage, readText]);

  return {
    state, open, readImage, readScreens, readMarked, readText, readData,
    readClipboard: useCallback(async () => {
      setState({ step: 'looking', way: 'paste' });
      try {
        for (const item of await navigator.clipboard.read()) {
          const picture = item.types.find((type) => type.startsWith('image/'));
          if (picture !== undefined) return void readImage(await item.getType(picture));
          if (item.types.includes('text/plain')) return readText(await (await item.getType('text/plain')).text());
        }
        setState(failed({ kind: 'clipboard-empty' }));
      } catch {
        setState(failed({ kind: 'clipboard-refused' }));
      }
    }, [readImage, readText]),
    useCamera: useCallback(() => setState({ step: 'camera' }), []),
    cameraFailed: useCallback((problem: CameraProblem) => setState(failed({ kind: 'camera', problem })), []),
    again: useCallback(() => setState(start), []),
    answered: useCallback((approval: Extract<ScanState, { step: 'offline' }>['approval'], { answer, expiresAt }: { answer: string; expiresAt: number }) => setState({ step: 'answer', approval, answer, expiresAt }), []),
  };
}

export type Scan = ReturnType<typeof useScan>;

function pngBlob(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: 'image/png' });
}
