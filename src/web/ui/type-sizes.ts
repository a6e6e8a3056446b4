/** Which of the three shells a screen stands in: it decides type size and target size, not the words. */
export type ShellKind = 'desk' | 'phone' | 'portal';

export const fontFamily =
  'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const sizes: Record<ShellKind, { fontSizes: Record<string, string>; control: string; small: string }> =
  {
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
