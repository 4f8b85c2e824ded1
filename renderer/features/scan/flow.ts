import type { ApprovalView } from '../../api/approvals.ts';
import type { BridgeError } from '../../api/bridge.ts';
import type { OwnCode } from './choose-code.ts';
import type { CameraProblem } from './reader/camera-problem.ts';
import type { FoundCode } from './reader/qr-reader.ts';

/** A monitor as it was captured. */
export interface ScreenPicture {
  readonly name: string;
  /** `blob:` address of its picture. */
  readonly address: string;
  readonly bitmap: ImageBitmap;
}

/** Why the last way led nowhere; said above the ways, all of which stay open. */
export type ScanProblem =
  | { readonly kind: 'error'; readonly error: BridgeError }
  | { readonly kind: 'camera'; readonly problem: CameraProblem }
  | { readonly kind: 'nothing'; readonly way: 'image' | 'screen' }
  | { readonly kind: 'not-a-picture' | 'clipboard-empty' | 'clipboard-refused' | 'invitation-elsewhere' };

export type ScanState =
  | { readonly step: 'choose'; readonly problem: ScanProblem | null }
  | { readonly step: 'looking'; readonly way: 'image' | 'screen' | 'paste' }
  | { readonly step: 'camera' }
  /** Nothing was found on the whole screen: the person marks where to look. */
  | { readonly step: 'pictures'; readonly pictures: readonly ScreenPicture[]; readonly again: boolean }
  | { readonly step: 'several'; readonly codes: readonly OwnCode[] }
  | { readonly step: 'opening' }
  | { readonly step: 'offline'; readonly approval: ApprovalView }
  | { readonly step: 'answer'; readonly approval: ApprovalView; readonly answer: string; readonly expiresAt: number };

export const start: ScanState = { step: 'choose', problem: null };
export const failed = (problem: ScanProblem): ScanState => ({ step: 'choose', problem });
export const textsOf = (codes: readonly FoundCode[]): string[] => codes.map(({ text }) => text);
