import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { Menu } from '@mantine/core';
import { Fragment, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DropMenuProps } from './DropMenu.tsx';
import { IconCheck } from './icons.ts';

/** Loaded by `DropMenu` at the first click: takes the focus back to its button, then opens. */
export default function OpenedMenu({ target, items, position, width }: DropMenuProps) {
  const { t } = useTranslation('ui');
  const [opened, setOpened] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.querySelector('button')?.focus();
    setOpened(true);
  }, []);
  return (
    <div ref={place}>
      <Menu opened={opened} onChange={setOpened} position={position} width={width}>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          {items.map((item) => (
            <Fragment key={item.id}>
              {item.divided && <Menu.Divider />}
              <Menu.Item lang={item.lang} leftSection={item.icon} rightSection={item.current ? <IconCheck size={16} role="img" aria-label={t('current')} /> : undefined} onClick={item.onSelect}>{item.label}</Menu.Item>
            </Fragment>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
