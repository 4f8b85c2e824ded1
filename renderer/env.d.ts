/// <reference types="vite/client" />

/** One icon by its file: importing the package's index would make tests and the dev server read six thousand. */
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  const icon: import('@tabler/icons-react').Icon;
  export default icon;
}
