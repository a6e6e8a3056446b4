import { QueryClient } from '@tanstack/react-query';
import { onRecovery } from './network-state.ts';
import { ProblemError } from './problem.ts';

/** Reads try again for as long as nobody answers; what the server said no to is not asked twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        error instanceof ProblemError &&
        (error.kind === 'unreachable' || (error.kind === 'bug' && failures < 1)),
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

onRecovery(() => void queryClient.invalidateQueries());
