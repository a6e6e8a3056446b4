import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

/** Which of the three shells a screen stands in: it decides type size and target size, not the words. */
export type ShellKind = 'desk' | 'phone' | 'portal';

const fontFamily =
  'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

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

const sizes: Record<ShellKind, { fontSizes: Record<string, string>; control: string; small: string }> = {
  desk: {
    fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
    control: '2.125rem',
    small: '1.75rem',
  },
  phone: {
    fontSizes: { xs: '0.8125rem', sm: '1rem', md: '1rem', lg: '1.125rem', xl: '1.375rem' },
    control: '3rem',
    small: '3rem',
  },
  portal: {
    fontSizes: { xs: '0.875rem', sm: '1rem', md: '1rem', lg: '1.1875rem', xl: '1.5rem' },
    control: '3rem',
    small: '3rem',
  },
};

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

/** Our own names over Mantine's, so that screens say what a surface is for, not which grey it has. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1f242a',
    '--mantine-color-dimmed': '#5d6670',
    '--mantine-color-placeholder': '#68717c',
    '--mantine-color-error': '#b32e24',
    '--cp-page': '#f5f6f8',
    '--cp-panel': '#ffffff',
    '--cp-raised': '#ffffff',
    '--cp-hover': '#f0f2f5',
    '--cp-line': '#e1e5e9',
    '--cp-line-strong': '#c9cfd6',
    '--cp-ink': '#1f242a',
    '--cp-ink-soft': '#5d6670',
    '--cp-act': '#2458d6',
    '--cp-act-pale': '#eef3fe',
    '--cp-act-ink': '#1d49b6',
    '--cp-customer': '#6845c4',
    '--cp-customer-pale': '#f6f3fe',
    '--cp-customer-ink': '#5738a6',
    '--cp-internal': '#fff9e3',
    '--cp-internal-line': '#e6d594',
    '--cp-internal-ink': '#66510a',
    '--cp-late': '#b32e24',
    '--cp-late-pale': '#fdf0ef',
    '--cp-soon': '#835600',
    '--cp-soon-pale': '#fff6df',
    '--cp-fine': '#1a7040',
    '--cp-fine-pale': '#edf8f1',
  },
  dark: {
    '--mantine-color-body': '#16191e',
    '--mantine-color-text': '#e3e6ea',
    '--mantine-color-dimmed': '#a2a9b3',
    '--mantine-color-placeholder': '#8f97a2',
    '--mantine-color-error': '#f0938b',
    '--cp-page': '#121519',
    '--cp-panel': '#191d22',
    '--cp-raised': '#20252b',
    '--cp-hover': '#22272e',
    '--cp-line': '#2b3139',
    '--cp-line-strong': '#424a55',
    '--cp-ink': '#e3e6ea',
    '--cp-ink-soft': '#a2a9b3',
    '--cp-act': '#7fa4f8',
    '--cp-act-pale': '#1c2a49',
    '--cp-act-ink': '#9dbafa',
    '--cp-customer': '#b29ceb',
    '--cp-customer-pale': '#272138',
    '--cp-customer-ink': '#c7b7f2',
    '--cp-internal': '#2b2716',
    '--cp-internal-line': '#5c5226',
    '--cp-internal-ink': '#e6d48b',
    '--cp-late': '#f0938b',
    '--cp-late-pale': '#3a201e',
    '--cp-soon': '#eec05c',
    '--cp-soon-pale': '#362a12',
    '--cp-fine': '#7fcf9e',
    '--cp-fine-pale': '#17301f',
  },
});
