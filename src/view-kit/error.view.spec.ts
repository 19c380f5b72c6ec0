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
    expect(page.faults).toEqual(["Name can't be blank", 'Missing permission: view_users or edit_users']);
  });

  it('says a single fault once, with the field as people name it', () => {
    const message = "login_prefix can't be blank";
    const details = { fields: { login_prefix: ["can't be blank"] } };
    const page = errorPage({ code: 'invalid', status: 422, message, details, requestId: 'r1' });
    expect([page.message, page.faults]).toEqual(["Login prefix can't be blank", []]);
  });
});
