/** webadmin 4.x's status colours (PatternFly 3), as assets/tokens.css has them for dots and labels. */
export const PALETTE = {
  ok: '#3f9c35',
  error: '#cc0000',
  errorDark: '#8b0000',
  warning: '#ec7a08',
  info: '#0088ce',
  infoLight: '#39a5dc',
  infoDark: '#00659c',
  pending: '#703fec',
  none: '#8b8d8f',
  disabled: '#bbbbbb',
} as const;
