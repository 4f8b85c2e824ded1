import { useMediaQuery } from '@mantine/hooks';

/**
 * Whether a table has room only for the columns one cannot do without: it then leaves out or folds what its rows' own view and
 * menus say too. Right from the first frame, since the table library keeps the widths it was first given; for the same reason a
 * table is keyed by it.
 */
export const useNarrow = (): boolean => useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false });
