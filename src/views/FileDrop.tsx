/** Files dropped anywhere on the page. Without this the browser would leave the page for the file, and end the run. */
import { useEffect, useEffectEvent, useState } from 'react';

export function FileDrop({ onFiles }: { readonly onFiles: (files: FileList) => void }) {
  const [over, setOver] = useState(false);
  const drop = useEffectEvent((files: FileList) => onFiles(files));
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      // Left for nothing: the pointer is outside the window.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer !== null) drop(event.dataTransfer.files);
    };
    document.addEventListener('dragover', onOver);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, []);
  return over ? (
    <div className="file-drop">
      <p>Drop a recording (NDJSON, HAR, pcap, pcapng) or a scenario (JSON)</p>
    </div>
  ) : null;
}
