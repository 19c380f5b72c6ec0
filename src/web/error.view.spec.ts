import { errorPage } from './error.view';

describe('errorPage', () => {
  it('a missing session names its cause, offers another try and tells webadmin', () => {
    const page = errorPage({
      code: 'not_signed_in',
      status: 401,
      message: 'Your engine session has ended.',
      requestId: 'r1',
      retryUrl: '/foreman/dashboard/ovirt',
    });
    expect(page).toMatchObject({
      message: 'Your engine session has ended.',
      signedOut: true,
      actions: [{ label: 'Try again', href: '/foreman/dashboard/ovirt' }],
    });
  });

  it('lists what is wrong with each field and which permissions would help', () => {
    const page = errorPage({
      code: 'forbidden',
      status: 403,
      message: 'No.',
      details: { fields: { name: ["can't be blank"] }, missingPermissions: ['view_users', 'edit_users'] },
      requestId: 'r1',
    });
    expect(page.faults).toEqual(["name can't be blank", 'Missing permission: view_users or edit_users']);
  });

  it('does not repeat a single fault that the message already says', () => {
    const message = "name can't be blank";
    const details = { fields: { name: ["can't be blank"] } };
    expect(errorPage({ code: 'invalid', status: 422, message, details, requestId: 'r1' }).faults).toEqual([]);
  });
});
