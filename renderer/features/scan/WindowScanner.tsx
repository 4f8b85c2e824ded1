import { ScanPanel } from './ScanPanel.tsx';
import classes from './scan.module.css';

const noInvitation = () => false;

/** The scanner in the small approval window: it goes back to the request that the code led to. */
export default function WindowScanner({ onDone, onClose }: { readonly onDone: () => void; readonly onClose: () => void }) {
  return <div className={classes.inWindow}><ScanPanel onApproval={onDone} onInvitation={noInvitation} onClose={onClose} /></div>;
}
