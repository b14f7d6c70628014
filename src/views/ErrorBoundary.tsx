/** A bug in a view ends in words and a way out, not in an empty page. */
import { Component, type ReactNode } from 'react';

interface State {
  readonly message: string | undefined;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { message: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return (
      <main className="broken" role="alert">
        <h1>The page tripped over a bug of its own</h1>
        <p>
          The tracker and its peers are not affected. Reloading starts a new run with the settings in the
          page&rsquo;s address.
        </p>
        <pre className="broken-message">{message}</pre>
        <button type="button" className="button button-main" onClick={() => location.reload()}>
          Reload the page
        </button>
      </main>
    );
  }
}
