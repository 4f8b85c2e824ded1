import { createTheme, type MantineColorsTuple, type MantineThemeOverride, type VariantColorsResolver } from '@mantine/core';
import buttons from './button.module.css';
import inputs from './input.module.css';
import overlays from './overlay.module.css';

const petrol: MantineColorsTuple = ['#F1F8F8', '#E4F0F0', '#CDE3E3', '#9CC6C8', '#5BA6AB', '#17818A', '#177780', '#0F5F67', '#0B4D54', '#0B3B42'];
/** Mantine's gray and dark are cool; these are the warm neutrals of the tokens, so that no default shows through. */
const gray: MantineColorsTuple = ['#FAF8F5', '#F4F1EC', '#EEEAE4', '#E3DED6', '#C9C2B7', '#8E877B', '#686257', '#4D4840', '#2E2B27', '#1D1B18'];
const dark: MantineColorsTuple = ['#F0EDE8', '#C6C0B6', '#A19A8E', '#7A746A', '#34312D', '#262421', '#1D1C1A', '#141312', '#11100F', '#0C0B0A'];
const red: MantineColorsTuple = ['#FBEAE7', '#F5D3CE', '#EBAAA2', '#FF9C90', '#D2594D', '#BF3F33', '#AE2A1F', '#AE2A1F', '#8F2119', '#6D1912'];

/**
 * Variants as the screens use them: `filled` (one a view), `default` (outlined), `subtle` (text), `light` (selection),
 * `inverse` (on petrol) and `ghost` (text on petrol). `color="red"`: destructive, filled only in a last confirmation.
 */
const variantColorResolver: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === 'red';
  const line = '1px solid transparent';
  switch (variant) {
    case 'filled':
      return danger
        ? { background: 'var(--danger-fill)', hover: 'var(--danger-fill-hover)', color: '#fff', border: line }
        : { background: 'var(--primary)', hover: 'var(--primary-hover)', color: '#fff', border: line };
    case 'subtle':
    case 'transparent':
      return {
        background: 'transparent', hover: danger ? 'var(--red-soft)' : 'var(--hover)',
        color: danger ? 'var(--red)' : 'var(--text-2)', border: line,
      };
    case 'light':
      return { background: 'var(--primary-soft)', hover: 'var(--primary-soft-2)', color: 'var(--primary-text)', border: line };
    case 'inverse':
      return { background: 'var(--code-raised)', hover: '#ffffff', color: '#0b3b42', border: line };
    case 'ghost':
      return { background: 'transparent', hover: 'rgb(255 255 255 / 10%)', color: 'var(--code-text)', border: line };
    default:
      return {
        background: 'var(--surface)', hover: danger ? 'var(--red-soft)' : 'var(--hover)',
        color: danger ? 'var(--red)' : 'var(--text)', border: `1px solid ${danger ? 'var(--red-line)' : 'var(--border)'}`,
      };
  }
};

const inputClasses = { input: inputs.input ?? '', label: inputs.label ?? '', description: inputs.description ?? '', error: inputs.error ?? '', section: inputs.section ?? '' };

export const theme: MantineThemeOverride = createTheme({
  colors: { petrol, gray, dark, red },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  white: '#FFFFFF',
  black: '#1D1B18',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '15px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '20px', xl: '22px' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600', textWrap: 'balance' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  shadows: { xs: 'var(--shadow-1)', sm: 'var(--shadow-1)', md: 'var(--shadow-2)', lg: 'var(--shadow-3)', xl: 'var(--shadow-3)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Button: { defaultProps: { size: 'sm' }, classNames: { root: buttons.button, label: buttons.label, section: buttons.section } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 36 }, classNames: { root: buttons.icon } },
    Input: { classNames: { input: inputClasses.input, section: inputClasses.section } },
    InputWrapper: { classNames: { label: inputClasses.label, description: inputClasses.description, error: inputClasses.error } },
    Modal: { classNames: { content: overlays.dialog, overlay: overlays.scrim }, defaultProps: { lockScroll: false, centered: true } },
    Drawer: { classNames: { content: overlays.drawer, overlay: overlays.scrim }, defaultProps: { lockScroll: false } },
    Menu: {
      defaultProps: { withinPortal: true, transitionProps: { duration: 120 } },
      classNames: { dropdown: overlays.menu, item: overlays.menuItem, itemSection: overlays.menuSection, label: overlays.menuLabel, divider: overlays.menuDivider },
    },
    Tooltip: { defaultProps: { openDelay: 400, withinPortal: true, events: { hover: true, focus: true, touch: false } }, classNames: { tooltip: overlays.tooltip } },
    Checkbox: { classNames: { input: inputs.checkbox, label: inputs.checkLabel }, defaultProps: { size: 'xs' } },
    Radio: { classNames: { radio: inputs.radio, label: inputs.checkLabel }, defaultProps: { size: 'xs' } },
    Switch: { classNames: { track: inputs.switchTrack, thumb: inputs.switchThumb, label: inputs.checkLabel, description: inputs.description }, defaultProps: { size: 'sm', withThumbIndicator: false } },
    SegmentedControl: { classNames: { root: inputs.segments, label: inputs.segmentLabel, indicator: inputs.segmentIndicator } },
  },
});
