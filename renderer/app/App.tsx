import { Suspense } from 'react';
import { useLocation } from 'wouter';
import { LoadingWindow } from '../ui/LoadingScreen.tsx';
import { Boundary } from './Boundary.tsx';
import { MainWindow } from './MainWindow.tsx';
import { ApprovalWindow, WindowScanner } from './routes.tsx';

/** One page for both windows; the route that main opened it with says which one it is. */
export function App() {
  const [path] = useLocation();
  return (
    <Boundary key={path}>
      <Suspense fallback={<LoadingWindow />}>{/^\/approval(\/|$)/.test(path) ? <ApprovalWindow Scanner={WindowScanner} /> : <MainWindow />}</Suspense>
    </Boundary>
  );
}
