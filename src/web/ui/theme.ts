import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';
import { fontFamily, type ShellKind, sizes } from './type-sizes.ts';

const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#eff1f3',
  '#e4e7ea',
  '#d3d8dd',
  '#b6bdc5',
  '#8e97a1',
  '#68717c',
  '#4b535d',
  '#333a42',
  '#1f242a',
];
const dark: MantineColorsTuple = [
  '#e3e6ea',
  '#c3c8cf',
  '#a2a9b3',
  '#7b838e',
  '#4a515b',
  '#353b44',
  '#282d34',
  '#1e2228',
  '#16191e',
  '#101317',
];
/** The one colour of acts: buttons, links, focus. */
const blue: MantineColorsTuple = [
  '#eef3fe',
  '#dce6fd',
  '#b7ccfa',
  '#8fb0f6',
  '#6c95f1',
  '#4a7aea',
  '#2458d6',
  '#1d49b6',
  '#1a3f99',
  '#163478',
];
const red: MantineColorsTuple = [
  '#fdf0ef',
  '#fbdfdd',
  '#f5bcb8',
  '#ee968f',
  '#e77469',
  '#dc4d40',
  '#c2352a',
  '#a32a21',
  '#85221b',
  '#661a15',
];
const yellow: MantineColorsTuple = [
  '#fff8e6',
  '#fdeec4',
  '#fadc8c',
  '#f5c653',
  '#e9ad26',
  '#c98d0c',
  '#8a5a00',
  '#744b00',
  '#5d3c00',
  '#452c00',
];
const green: MantineColorsTuple = [
  '#edf8f1',
  '#d9f0e1',
  '#b0dfc1',
  '#82cb9c',
  '#56b57a',
  '#319b5c',
  '#1c7843',
  '#176338',
  '#134f2d',
  '#0f3c22',
];
/** Whatever the customer can see. */
const violet: MantineColorsTuple = [
  '#f4f1fd',
  '#e7e0fa',
  '#cdbff3',
  '#b29ceb',
  '#9a7fe3',
  '#8163d8',
  '#6845c4',
  '#5738a6',
  '#472e87',
  '#372469',
];

/**
 * The one theme of all screens. Blue is for acts; red, amber and green only for clocks and risk; violet for what
 * the customer sees; pale yellow for what is internal. `accent` is the firm's own colour, used by the portal only.
 */
export function themeFor(
  shell: ShellKind,
  words: { close: string },
  accent?: MantineColorsTuple,
): MantineThemeOverride {
  const { fontSizes, control, small } = sizes[shell];
  const touch = shell !== 'desk';
  const inputHeight = { wrapper: { '--input-height': control, '--input-fz': fontSizes.md } };
  return createTheme({
    fontFamily,
    headings: { fontFamily, fontWeight: '600' },
    colors: { gray, dark, blue, red, yellow, green, violet, accent: accent ?? blue },
    primaryColor: shell === 'portal' ? 'accent' : 'blue',
    primaryShade: { light: 6, dark: 5 },
    defaultRadius: 'md',
    radius: { xs: '3px', sm: '5px', md: touch ? '10px' : '7px', lg: '14px', xl: '20px' },
    fontSizes,
    autoContrast: true,
    // Where black and white text contrast equally (WCAG); Mantine's 0.3 leaves white text below 4.5 : 1.
    luminanceThreshold: 0.18,
    variantColorResolver: (input) => {
      const resolved = defaultVariantColorsResolver(input);
      // Its own choice of text looks at the light scheme's shade alone.
      const isPrimary =
        input.variant === 'filled' && (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
      return isPrimary ? { ...resolved, color: 'var(--mantine-primary-color-contrast)' } : resolved;
    },
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      Button: {
        defaultProps: { size: 'sm', fw: 500 },
        // On narrow screens a long name goes on a second line; it is never cut.
        ...(touch && { styles: { label: { whiteSpace: 'normal', lineHeight: 1.2 } } }),
        vars: (_theme: unknown, props: { size?: string }) => ({
          root: {
            '--button-height': props.size === 'xs' ? small : control,
            '--button-fz': props.size === 'xs' ? fontSizes.sm : fontSizes.md,
            '--button-padding-x': touch ? '1.125rem' : '0.875rem',
          },
        }),
      },
      ActionIcon: {
        defaultProps: { variant: 'subtle', color: 'gray' },
        vars: () => ({ root: { '--ai-size': touch ? '3rem' : '1.875rem' } }),
      },
      // As small as text may be, and in the words' own case.
      Badge: {
        defaultProps: { tt: 'none', fw: 500 },
        vars: () => ({
          root: { '--badge-fz': fontSizes.xs, '--badge-height': touch ? '1.625rem' : '1.375rem' },
        }),
      },
      Input: { vars: () => inputHeight },
      InputWrapper: {
        defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
        vars: () => ({
          label: { '--input-label-size': fontSizes.md },
          description: { '--input-description-size': touch ? '0.875rem' : fontSizes.sm },
          error: { '--input-error-size': touch ? '0.875rem' : fontSizes.sm },
        }),
      },
      InlineInput: { styles: { description: { fontSize: touch ? '0.875rem' : fontSizes.sm } } },
      Modal: {
        defaultProps: {
          transitionProps: { duration: 120, transition: 'fade-down' },
          centered: false,
          yOffset: touch ? 0 : '8vh',
          overlayProps: { backgroundOpacity: 0.35 },
          closeButtonProps: {
            'aria-label': words.close,
            ...(touch && { size: '3rem', iconSize: '1.375rem' }),
          },
          // A dialog's head is no second banner of the page.
          attributes: { header: { role: 'presentation' } },
          styles: { title: { fontWeight: 600, fontSize: fontSizes.lg } },
        },
      },
      Tooltip: {
        defaultProps: {
          openDelay: 250,
          transitionProps: { duration: 100 },
          multiline: true,
          maw: 320,
          events: { hover: true, focus: true, touch: true },
        },
      },
      Popover: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'md' } },
      Menu: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'md' } },
      Select: { defaultProps: { checkIconPosition: 'right' } },
      Anchor: { defaultProps: { underline: 'hover' } },
    },
  });
}

/** What our surfaces and inks (colors.css) make of Mantine's. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1f242a',
    '--mantine-color-dimmed': '#5d6670',
    '--mantine-color-placeholder': '#68717c',
    '--mantine-color-error': '#b32e24',
  },
  dark: {
    '--mantine-color-body': '#16191e',
    '--mantine-color-text': '#e3e6ea',
    '--mantine-color-dimmed': '#a2a9b3',
    '--mantine-color-placeholder': '#8f97a2',
    '--mantine-color-error': '#f0938b',
  },
});
