/** `lost`: it was unplugged or taken away while it ran. */
export type CameraProblem = 'refused' | 'none' | 'busy' | 'lost' | 'failed';

export class CameraFailure extends Error {
  readonly problem: CameraProblem;
  constructor(problem: CameraProblem) {
    super(problem);
    this.name = 'CameraFailure';
    this.problem = problem;
  }
}

/** html5-qrcode rejects with a sentence that holds the name of the DOMException. */
export function problemOf(error: unknown): CameraProblem {
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  if (/NotAllowedError|PermissionDenied|SecurityError|not supported/i.test(text)) return 'refused';
  if (/NotFoundError|DevicesNotFound|OverconstrainedError/i.test(text)) return 'none';
  return /NotReadableError|TrackStartError|AbortError/i.test(text) ? 'busy' : 'failed';
}
