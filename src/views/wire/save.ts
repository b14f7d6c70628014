/** Hands a file to the browser, which asks where to or puts it with the downloads. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download has taken the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
