"""The project: settings, addresses, menus. The only room that may know every other one."""
