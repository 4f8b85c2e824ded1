import type es from '../../es/admin/evidence.ts';
import type { Texts } from '../../texts.ts';

export default {
  evidence: {
    title: 'Evidence of the approval',
    open: 'See evidence',
    hide: 'Hide evidence',
    loading: 'Checking the evidence',
    failed: 'We could not load the evidence',
    shown: 'What was shown',
    decision: 'Decision',
    decided: { approved: 'Approved with PIN', denied: 'Rejected', reported: 'It was not me', pending: 'Not decided', expired: 'Expired', cancelled: 'Cancelled' },
    signer: 'Token that signed',
    times: 'Asked / decided',
    from: 'From',
    fingerprint: 'Fingerprint of the request',
    authoritySignature: 'Signature of the authority',
    deviceSignature: 'Signature of the device',
    chain: 'Audit chain',
    valid: 'Valid',
    invalid: 'Not valid',
    absent: 'None: it was not signed',
    mac: 'None: eight digits without network (MAC evidence)',
    intact: 'Intact',
    intactEntry: 'Intact · entry {{n}}',
    broken: 'Broken',
    save: 'Save evidence',
    saved: 'Evidence saved',
    copyHash: 'Copy fingerprint',
    copied: 'Fingerprint copied',
    fileName: 'evidence-{{id}}.json',
  },
} as const satisfies Texts<typeof es>;
