import type { Session } from './sessions.ts';
import { fill, type Texts } from './texts/texts.ts';

/** What the page is to say, once; and which form it is about. */
export function takeNotice(session: Session, { code, offline, ended }: Texts): { readonly said: string | null; readonly open: 'code' | 'answer' | null } {
  const { notice } = session;
  session.notice = null;
  switch (notice?.name) {
    case undefined: return { said: null, open: null };
    case 'codeWrong': return { said: code.wrong, open: 'code' };
    case 'answerWrong': return { said: notice.count === 1 ? offline.wrongOne : fill(offline.wrong, { n: notice.count }), open: 'answer' };
    case 'answerRefused': return { said: offline.refused, open: 'answer' };
    case 'slowDown': return { said: fill(ended.slowDown, { n: notice.count }), open: null };
    case 'away': return { said: ended.away, open: null };
  }
}
