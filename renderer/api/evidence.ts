import { useEffect, useState } from 'react';
import { approvalRequest, type ApprovalRequest } from '../../shared/contract/signed.ts';
import type { ApprovalId } from '../../shared/domain/ids.ts';
import { type AdminChannel, useAdminRead } from './admin-tables.ts';
import { type AskLine, askLine } from './approvals.ts';
import { type BridgeError, invoke, type OutputOf } from './bridge.ts';

export type EvidenceAnswer = OutputOf<Extract<AdminChannel, 'admin.tokens.evidence'>>;

export interface ShownRequest {
  readonly ask: AskLine;
  /** Whom an admin action touches; a portal's request touches nobody but who signed it. */
  readonly names: readonly string[];
  readonly serials: readonly string[];
  readonly requestedAt: number;
  readonly ip: string;
}

export interface EvidenceRead {
  readonly evidence: EvidenceAnswer | null;
  /** What was shown, read from the signed text itself; null when it cannot be read. */
  readonly shown: ShownRequest | null;
  /** Hex SHA-256 of the request's compact JWS. */
  readonly hash: string | null;
  readonly error: BridgeError | null;
  readonly retry: () => void;
  /** False: the person closed the file dialog. */
  readonly save: (fileName: string) => Promise<boolean>;
  readonly copyHash: () => Promise<void>;
}

/** The stored evidence of an approval, checked by the authority when it is asked for. */
export function useEvidence(approvalId: string): EvidenceRead {
  const { data, error, refetch } = useAdminRead('admin.tokens.evidence', { approvalId: approvalId as ApprovalId });
  const [hash, setHash] = useState<string | null>(null);
  const compact = data?.request ?? null;
  useEffect(() => {
    if (compact === null) return;
    let current = true;
    void sha256(compact).then((value) => current && setHash(value));
    return () => { current = false; };
  }, [compact]);
  return {
    evidence: data ?? null, shown: compact === null ? null : shownOf(readRequest(compact)), hash, error: data === undefined ? error : null,
    retry: () => void refetch(),
    save: async (fileName) => (await invoke('app.saveFile', { name: fileName, text: `${JSON.stringify(data?.bundle ?? data, null, 2)}\n` })).saved,
    copyHash: async () => { await invoke('app.copy', { text: hash ?? '' }); },
  };
}

/** Payload of a compact JWS (RFC 7515 §7.1). Its signature is checked by the authority when the evidence is read. */
export function readRequest(compact: string): ApprovalRequest | null {
  try {
    const part = (compact.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    return approvalRequest.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch {
    return null;
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function shownOf(request: ApprovalRequest | null): ShownRequest | null {
  if (request === null) return null;
  const { details, context: { requestedAt, ip } } = request;
  const rows = details.type === 'admin-action' ? details.rows : [];
  return { ask: askLine(request), names: rows.map((row) => row.name), serials: rows.flatMap((row) => (row.serial === null ? [] : [row.serial])), requestedAt, ip };
}
